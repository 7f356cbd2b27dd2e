using EmotionStream.Faces.Tracking;

namespace EmotionStream.Tests.Vision;

public sealed class AssignmentTests
{
    [Fact]
    public void Solve_RandomCosts_IsAsCheapAsTheBestOfAllPairings()
    {
        var random = new Random(5);
        var assignment = new Assignment(5, 8);
        for (var trial = 0; trial < 300; trial++)
        {
            var rows = random.Next(1, 6);
            var columns = random.Next(rows, 9);
            var costs = Enumerable.Range(0, rows * columns).Select(_ => (double)random.Next(20)).ToArray();
            var columnOfRow = new int[rows];

            assignment.Solve(costs, rows, columns, columnOfRow);

            Assert.Equal(rows, columnOfRow.Distinct().Count());
            Assert.Equal(Best(costs, rows, columns, 0, 0), columnOfRow.Select((column, row) => costs[(row * columns) + column]).Sum());
        }
    }

    [Fact]
    public void Solve_WhenGreedyWouldTakeTheCheapest_TakesTheCheapestTogether()
    {
        var columnOfRow = new int[2];

        new Assignment(2, 2).Solve([1, 2, 2, 10], 2, 2, columnOfRow);

        Assert.Equal([1, 0], columnOfRow);
    }

    private static double Best(double[] costs, int rows, int columns, int row, int taken) => row == rows
        ? 0
        : Enumerable.Range(0, columns).Where(column => (taken & (1 << column)) == 0)
            .Min(column => costs[(row * columns) + column] + Best(costs, rows, columns, row + 1, taken | (1 << column)));
}
