using System.Data.Common;

namespace EmotionStream.Storage;

/// <summary>Short forms for what the parts do with a database. Commands are disposed once run.</summary>
internal static class SqlCommands
{
    public static DbCommand Sql(this DbConnection connection, string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
        {
            Add(command.Parameters, command.CreateParameter(), name, value);
        }

        return command;
    }

    public static DbCommand In(this DbCommand command, DbTransaction transaction)
    {
        command.Transaction = transaction;
        return command;
    }

    /// <summary>Runs the command and returns how many rows it changed.</summary>
    public static async Task<int> RunAsync(this DbCommand command, CancellationToken cancellation)
    {
        await using (command)
        {
            return await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>The first column of the first row as a whole number; null if there is no row, or nothing in it.</summary>
    public static async Task<long?> ReadNumberAsync(this DbCommand command, CancellationToken cancellation)
    {
        await using (command)
        {
            return await command.ExecuteScalarAsync(cancellation) is { } value and not DBNull
                ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)
                : null;
        }
    }

    /// <summary>All rows, each made into something; for results that are known to be small.</summary>
    public static async Task<List<T>> ReadAsync<T>(this DbCommand command, Func<DbDataReader, T> make, CancellationToken cancellation)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            List<T> rows = [];
            while (await reader.ReadAsync(cancellation))
            {
                rows.Add(make(reader));
            }

            return rows;
        }
    }

    /// <summary>Runs one statement once for each row of values: in one round trip, where the database can do that.</summary>
    public static async Task RunManyAsync(
        this DbConnection connection, DbTransaction transaction, string text, IReadOnlyList<string> names, IEnumerable<object?[]> rows,
        CancellationToken cancellation)
    {
        if (connection.CanCreateBatch)
        {
            await using var batch = connection.CreateBatch();
            batch.Transaction = transaction;
            foreach (var row in rows)
            {
                var part = batch.CreateBatchCommand();
                part.CommandText = text;
                for (var i = 0; i < row.Length; i++)
                {
                    Add(part.Parameters, part.CreateParameter(), names[i], row[i]);
                }

                batch.BatchCommands.Add(part);
            }

            await batch.ExecuteNonQueryAsync(cancellation);
            return;
        }

        await using var command = connection.Sql(text).In(transaction);
        foreach (var name in names)
        {
            Add(command.Parameters, command.CreateParameter(), name, null);
        }

        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                command.Parameters[i].Value = row[i] ?? DBNull.Value;
            }

            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static void Add(DbParameterCollection parameters, DbParameter parameter, string name, object? value)
    {
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        parameters.Add(parameter);
    }
}
