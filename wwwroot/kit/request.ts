/** There is no answer: `code` is the server's word for why, the HTTP status where a proxy answered for it, or "unreachable". */
export class RequestError extends Error {
  constructor(
    readonly code: string,
    detail = code,
  ) {
    super(detail);
  }
}

export interface RequestOptions {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** A key or token that says who asks. */
  readonly bearer?: string | null | undefined;
  /** The body: bytes as they are, anything else as JSON. */
  readonly body?: object;
  readonly signal?: AbortSignal;
}

/** Asks the server's HTTP API and gives its answer, which is JSON or nothing; throws a RequestError. */
export async function request<Answer>(path: string, { method = "GET", bearer, body, signal }: RequestOptions = {}): Promise<Answer> {
  const headers: Record<string, string> = bearer ? { authorization: `Bearer ${bearer}` } : {};
  if (body && !(body instanceof Blob)) headers["content-type"] = "application/json";
  const content = body && (body instanceof Blob ? body : JSON.stringify(body));
  let reply: Response;
  let text: string;
  try {
    reply = await fetch(`api/v1/${path}`, { method, headers, ...(content ? { body: content } : {}), ...(signal ? { signal } : {}) });
    text = await reply.text();
  } catch (error) {
    throw new RequestError("unreachable", String(error));
  }
  if (!reply.ok) throw refusal(text, reply);
  return (text ? JSON.parse(text) : undefined) as Answer;
}

/** Problem details (RFC 9457), or what a proxy says instead. */
function refusal(text: string, { status, statusText }: Response): RequestError {
  try {
    const problem = JSON.parse(text) as { readonly code?: string; readonly detail?: string };
    return new RequestError(problem.code ?? String(status), problem.detail ?? statusText);
  } catch {
    return new RequestError(String(status), statusText);
  }
}
