using Drivers;
using Drivers.Protobuf;

return Workload.Run(args, output =>
{
    Messages.Run(output);
    Descriptors.Run(output);
    Streams.Run(output);
});
