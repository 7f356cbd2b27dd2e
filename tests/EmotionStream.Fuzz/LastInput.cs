using System.IO.MemoryMappedFiles;

namespace EmotionStream.Fuzz;

/// <summary>The input that is being tried, where it outlives the process that it ends.</summary>
/// <remarks>A mapped file: target, count, when it began, length, then the bytes.</remarks>
internal sealed class LastInput : IDisposable
{
    private const int Target = 0, Count = 8, Began = 16, Length = 24, Bytes = 32;
    private const int MaxBytes = 32 << 20;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private LastInput(MemoryMappedFile file) => (_file, _view) = (file, file.CreateViewAccessor());

    public static LastInput Open(string path) =>
        new(MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, Bytes + MaxBytes));

    /// <summary>Which of the process's targets is tried.</summary>
    public int TargetIndex => _view.ReadInt32(Target);

    /// <summary>How many inputs that target has had, this one included.</summary>
    public long Inputs => _view.ReadInt64(Count);

    /// <summary>When it began, as Environment.TickCount64; 0 between inputs.</summary>
    public long BeganAt => _view.ReadInt64(Began);

    public byte[] Read()
    {
        var bytes = new byte[_view.ReadInt32(Length)];
        _view.ReadArray(Bytes, bytes, 0, bytes.Length);
        return bytes;
    }

    public void Begin(int target, long number, byte[] input)
    {
        _view.Write(Target, target);
        _view.Write(Count, number);
        _view.Write(Length, Math.Min(input.Length, MaxBytes));
        _view.WriteArray(Bytes, input, 0, Math.Min(input.Length, MaxBytes));
        _view.Write(Began, Environment.TickCount64);
    }

    public void End() => _view.Write(Began, 0L);

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
