using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Drivers.Protobuf;

/// <summary>Descriptors: those of the library itself, and files described by hand.</summary>
internal static class Descriptors
{
    public static void Run(TextWriter output)
    {
        Show(DescriptorReflection.Descriptor, output);
        var file = new FileDescriptorProto { Name = "made.proto", Package = "made", Syntax = "proto3" };
        for (int i = 0; i < 12; i++)
        {
            var message = new DescriptorProto { Name = "Message" + i.ToString(CultureInfo.InvariantCulture) };
            for (int j = 1; j <= 6; j++)
            {
                var field = new FieldDescriptorProto
                {
                    Name = "field_" + j.ToString(CultureInfo.InvariantCulture),
                    Number = j * (i + 1),
                    Label = j % 3 == 0 ? FieldDescriptorProto.Types.Label.Repeated : FieldDescriptorProto.Types.Label.Optional,
                    Type = j == 5 ? FieldDescriptorProto.Types.Type.Message : j == 4 ? FieldDescriptorProto.Types.Type.String : FieldDescriptorProto.Types.Type.Int32,
                };
                if (j == 5)
                    field.TypeName = ".made.Message" + (i / 2).ToString(CultureInfo.InvariantCulture);
                message.Field.Add(field);
            }

            message.EnumType.Add(new EnumDescriptorProto { Name = "Kind", Value = { new EnumValueDescriptorProto { Name = "NONE" + i.ToString(CultureInfo.InvariantCulture), Number = 0 }, new EnumValueDescriptorProto { Name = "SOME" + i.ToString(CultureInfo.InvariantCulture), Number = 3 } } });
            message.ReservedName.Add("gone");
            file.MessageType.Add(message);
        }

        file.Service.Add(new ServiceDescriptorProto { Name = "Service", Method = { new MethodDescriptorProto { Name = "Call", InputType = ".made.Message1", OutputType = ".made.Message2", ServerStreaming = true } } });
        foreach (FileDescriptor built in FileDescriptor.BuildFromByteStrings([file.ToByteString()]))
            Show(built, output);
        output.WriteLine(JsonFormatter.Default.Format(file));
        file.MessageType[0].Field[0].TypeName = ".made.Nowhere";
        file.MessageType[0].Field[0].Type = FieldDescriptorProto.Types.Type.Message;
        try
        {
            FileDescriptor.BuildFromByteStrings([file.ToByteString()]);
        }
        catch (Exception exception)
        {
            output.WriteLine($"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private static void Show(FileDescriptor file, TextWriter output)
    {
        output.WriteLine($"{file.Name} {file.Package} {file.Dependencies.Count} {file.SerializedData.Length} {file.ToProto().CalculateSize()}");
        foreach (MessageDescriptor message in file.MessageTypes)
            Show(message, output);
        foreach (EnumDescriptor type in file.EnumTypes)
            output.WriteLine($"{type.FullName} {string.Join(" ", type.Values.Select(value => $"{value.Name}={value.Number}"))}");
        foreach (ServiceDescriptor service in file.Services)
            output.WriteLine($"{service.FullName} {string.Join(" ", service.Methods.Select(method => $"{method.Name}({method.InputType.Name}) {method.OutputType.Name} {method.IsServerStreaming}"))}");
    }

    private static void Show(MessageDescriptor message, TextWriter output)
    {
        output.WriteLine($"{message.FullName} {message.NestedTypes.Count} {message.Oneofs.Count}");
        foreach (FieldDescriptor field in message.Fields.InFieldNumberOrder())
            output.WriteLine($"  {field.FieldNumber} {field.Name} {field.JsonName} {field.FieldType} {field.IsRepeated} {field.IsMap} {field.IsPacked} {field.HasPresence} {field.ContainingOneof?.Name}");
        foreach (MessageDescriptor nested in message.NestedTypes)
            Show(nested, output);
    }
}
