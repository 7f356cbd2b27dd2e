using OpenCvSharp;
using OpenCvSharp.Internal;

namespace EmotionStream.Faces.Decoding;

/// <summary>A picture as OpenCV takes it: a view of our own memory, or what a decoder made, until it is disposed.</summary>
internal readonly unsafe ref struct Matrix
{
    private readonly nint _matrix;

    /// <summary>Takes over a matrix that OpenCV made.</summary>
    public Matrix(nint matrix)
    {
        _matrix = matrix;
        NativeMethods.HandleException(NativeMethods.core_Mat_cols(matrix, out var width));
        NativeMethods.HandleException(NativeMethods.core_Mat_rows(matrix, out var height));
        (Width, Height) = (width, height);
        (Input, Output) = (NewInput(), NewOutput());
    }

    public Matrix(GrayImage image)
        : this(image, 0, 0, image.Width, image.Height)
    {
    }

    /// <summary>A view of a part of a picture.</summary>
    public Matrix(GrayImage image, int left, int top, int width, int height)
        : this(image.Address + (top * image.Width) + left, width, height, MatType.CV_8UC1, image.Width)
    {
    }

    /// <param name="data">Memory that stays where it is.</param>
    /// <param name="stride">Bytes from row to row.</param>
    public Matrix(nint data, int width, int height, MatType type, int stride)
    {
        (Width, Height) = (width, height);
        NativeMethods.HandleException(NativeMethods.core_Mat_new8(height, width, type, data, stride, out _matrix));
        (Input, Output) = (NewInput(), NewOutput());
    }

    public int Width { get; }

    public int Height { get; }

    public bool IsEmpty => Width == 0 || Height == 0;

    /// <summary>This matrix as what a function of OpenCV reads.</summary>
    public nint Input { get; }

    /// <summary>This matrix as what a function of OpenCV writes.</summary>
    public nint Output { get; }

    /// <summary>The bytes of a matrix that a decoder made, row after row, and how many of them are one pixel's and one sample's.</summary>
    public ReadOnlySpan<byte> Bytes(out int ofPixel, out int ofSample)
    {
        NativeMethods.HandleException(NativeMethods.core_Mat_elemSize(_matrix, out var pixel));
        NativeMethods.HandleException(NativeMethods.core_Mat_elemSize1(_matrix, out var sample));
        NativeMethods.HandleException(NativeMethods.core_Mat_data(_matrix, out var data));
        (ofPixel, ofSample) = ((int)pixel, (int)sample);
        return new ReadOnlySpan<byte>(data, checked(Width * Height * ofPixel));
    }

    public void Dispose()
    {
        if (_matrix != 0)
        {
            _ = NativeMethods.core_InputArray_delete(Input);
            _ = NativeMethods.core_OutputArray_delete(Output);
            _ = NativeMethods.core_Mat_delete(_matrix);
        }
    }

    private nint NewInput()
    {
        NativeMethods.HandleException(NativeMethods.core_InputArray_new_byMat(_matrix, out var input));
        return input;
    }

    private nint NewOutput()
    {
        NativeMethods.HandleException(NativeMethods.core_OutputArray_new_byMat(_matrix, out var output));
        return output;
    }
}
