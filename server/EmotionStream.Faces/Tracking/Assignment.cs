namespace EmotionStream.Faces.Tracking;

/// <summary>Finds the pairing of rows with columns whose summed cost is least (the Hungarian method, shortest augmenting paths).</summary>
/// <remarks>Needs no more rows than columns. Owns its work arrays, so one instance serves one caller at a time.</remarks>
internal sealed class Assignment(int maxRows, int maxColumns)
{
    private const int None = 0;

    // Index 0 stands for "none": rows and columns count from 1, which keeps the search free of special cases.
    private readonly double[] _rowPotential = new double[maxRows + 1];
    private readonly double[] _columnPotential = new double[maxColumns + 1];
    private readonly double[] _slack = new double[maxColumns + 1];
    private readonly int[] _rowOfColumn = new int[maxColumns + 1];
    private readonly int[] _previous = new int[maxColumns + 1];
    private readonly bool[] _visited = new bool[maxColumns + 1];

    /// <summary>Writes the column of each row; <paramref name="costs"/> lies row by row and must be finite.</summary>
    public void Solve(ReadOnlySpan<double> costs, int rows, int columns, Span<int> columnOfRow)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, columns);
        Array.Clear(_rowPotential);
        Array.Clear(_columnPotential);
        Array.Clear(_rowOfColumn);

        for (var row = 1; row <= rows; row++)
        {
            Augment(costs, row, columns);
        }

        for (var column = 1; column <= columns; column++)
        {
            if (_rowOfColumn[column] != None)
            {
                columnOfRow[_rowOfColumn[column] - 1] = column - 1;
            }
        }
    }

    private void Augment(ReadOnlySpan<double> costs, int row, int columns)
    {
        Array.Fill(_slack, double.PositiveInfinity);
        Array.Clear(_visited);
        _rowOfColumn[None] = row;
        var column = None;
        do
        {
            _visited[column] = true;
            column = Step(costs, column, columns);
        }
        while (_rowOfColumn[column] != None);

        while (column != None)
        {
            _rowOfColumn[column] = _rowOfColumn[_previous[column]];
            column = _previous[column];
        }
    }

    /// <summary>Widens the search tree from one column by the cheapest column not yet in it, and returns that.</summary>
    private int Step(ReadOnlySpan<double> costs, int from, int columns)
    {
        var row = _rowOfColumn[from];
        var rowCosts = costs.Slice((row - 1) * columns, columns);
        var next = None;
        var least = double.PositiveInfinity;
        for (var column = 1; column <= columns; column++)
        {
            if (_visited[column])
            {
                continue;
            }

            var reduced = rowCosts[column - 1] - _rowPotential[row] - _columnPotential[column];
            if (reduced < _slack[column])
            {
                (_slack[column], _previous[column]) = (reduced, from);
            }

            if (_slack[column] < least)
            {
                (least, next) = (_slack[column], column);
            }
        }

        Lower(least, columns);
        return next;
    }

    private void Lower(double by, int columns)
    {
        for (var column = 0; column <= columns; column++)
        {
            if (_visited[column])
            {
                _rowPotential[_rowOfColumn[column]] += by;
                _columnPotential[column] -= by;
            }
            else
            {
                _slack[column] -= by;
            }
        }
    }
}
