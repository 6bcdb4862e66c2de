// Unsafe code: pointers, function pointers, stackalloc, fixed, pointer fields, native integers, volatile.
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Subjects.Pointers;

internal unsafe struct Node
{
    public int Value;
    public Node* Next;
}

internal sealed unsafe class Heap : IDisposable
{
    private Node* _head;
    private nint _count;
    private delegate*<int, int, int> _combine;
    private void* _scratch;

    public Heap(delegate*<int, int, int> combine)
    {
        _combine = combine;
        _scratch = NativeMemory.AllocZeroed(64);
    }

    public void Push(int value)
    {
        var node = (Node*)NativeMemory.Alloc((nuint)sizeof(Node));
        node->Value = value;
        node->Next = _head;
        _head = node;
        _count++;
    }

    public int Fold(int seed)
    {
        for (Node* node = _head; node != null; node = node->Next)
            seed = _combine(seed, node->Value);
        *(int*)_scratch = seed;
        return seed;
    }

    public void Use(delegate*<int, int, int> combine) => _combine = combine;

    public int Scratch => *(int*)_scratch;

    public nint Count => _count;

    public void Dispose()
    {
        while (_head != null)
        {
            Node* next = _head->Next;
            NativeMemory.Free(_head);
            _head = next;
            _count--;
        }

        NativeMemory.Free(_scratch);
        _scratch = null;
    }
}

internal sealed class Flags
{
    private volatile bool _stop;
    private volatile int _turns;
    private volatile string? _name;

    public string Run()
    {
        while (!_stop)
        {
            _turns++;
            _name = "turn " + _turns;
            if (_turns == 5)
                _stop = true;
        }

        return _name + " " + _stop;
    }
}

internal static unsafe class Program
{
    private static int s_value = 40;
    private static int* s_pointer;

    private static int Add(int left, int right) => left + right;

    private static int Multiply(int left, int right) => left * right;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Compare(int* left, int* right) => *left - *right;

    private static void Sort(int* items, int count, delegate* unmanaged[Cdecl]<int*, int*, int> compare)
    {
        for (int i = 1; i < count; i++)
        {
            for (int j = i; j > 0 && compare(&items[j - 1], &items[j]) > 0; j--)
                (items[j - 1], items[j]) = (items[j], items[j - 1]);
        }
    }

    private static void Reverse(char* text, int length)
    {
        char* end = text + length - 1;
        while (text < end)
        {
            char held = *text;
            *text++ = *end;
            *end-- = held;
        }
    }

    private static int Checksum(byte[] bytes)
    {
        int sum = 0;
        fixed (byte* start = bytes)
        {
            for (byte* current = start; current < start + bytes.Length; current++)
                sum = (sum * 31) + *current;
        }

        return sum;
    }

    private static T Read<T>(void* address)
        where T : unmanaged => *(T*)address;

    private static void Main()
    {
        using (var heap = new Heap(&Add))
        {
            for (int i = 1; i <= 5; i++)
                heap.Push(i);
            Console.WriteLine($"{heap.Fold(0)} {heap.Count}");
            heap.Use(&Multiply);
            Console.WriteLine($"{heap.Fold(1)} {heap.Scratch}");
        }

        int* numbers = stackalloc int[6] { 5, 3, 9, -1, 4, 0 };
        Sort(numbers, 6, &Compare);
        Console.WriteLine(string.Join(",", new ReadOnlySpan<int>(numbers, 6).ToArray()));

        string text = new string("desserts".AsSpan());
        fixed (char* characters = text)
            Reverse(characters, text.Length);
        Console.WriteLine(text);
        Console.WriteLine(Checksum([1, 2, 3, 250]));

        fixed (int* value = &s_value)
        {
            s_pointer = value;
            *s_pointer += 2;
            s_pointer = null;
        }

        Console.WriteLine($"{s_value} {s_pointer == null}");
        long bits = BitConverter.DoubleToInt64Bits(1.5);
        Console.WriteLine(Read<double>(&bits) == 1.5);
        nuint wide = unchecked((nuint)(-1));
        nint narrow = (nint)wide >> 1;
        Console.WriteLine($"{narrow} {(wide >> 60 != 0)}");
        Console.WriteLine(new Flags().Run());

        int total = 0;
        var thread = new Thread(() => Interlocked.Add(ref total, 5));
        thread.Start();
        thread.Join();
        Console.WriteLine(Interlocked.Exchange(ref total, 6) + Volatile.Read(ref total));
        delegate*<void>[] actions = [&One, &Two];
        foreach (delegate*<void> action in actions)
            action();
    }

    private static void One() => Console.WriteLine("one");

    private static void Two() => Console.WriteLine("two");
}
