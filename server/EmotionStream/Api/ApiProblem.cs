namespace EmotionStream.Api;

/// <summary>A request can't be served as it stands; becomes problem details with a word that stays and a sentence that helps.</summary>
internal sealed class ApiProblem(int status, string code, string detail) : Exception(detail)
{
    public int Status => status;

    public string Code => code;
}
