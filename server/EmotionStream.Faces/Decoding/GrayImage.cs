using System.Runtime.InteropServices;

namespace EmotionStream.Faces.Decoding;

/// <summary>An 8-bit gray picture in one reusable buffer that only ever grows.</summary>
/// <remarks>Owned by one worker and overwritten by each frame it decodes; not thread-safe.</remarks>
internal sealed class GrayImage
{
    private byte[] _pixels = [];

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>The picture's rows, one after the other without padding.</summary>
    public Span<byte> Pixels => _pixels.AsSpan(0, Width * Height);

    /// <summary>Where the pixels are, for native code; until the picture grows.</summary>
    public nint Address => Marshal.UnsafeAddrOfPinnedArrayElement(_pixels, 0);

    public Span<byte> Row(int y) => _pixels.AsSpan(y * Width, Width);

    /// <summary>Gives the picture a new size; what it held before is undefined.</summary>
    public void Resize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (Width, Height) = (width, height);
        if (_pixels.Length < width * height)
        {
            _pixels = GC.AllocateUninitializedArray<byte>(width * height, pinned: true);
        }
    }
}
