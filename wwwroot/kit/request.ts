/** A request failed: `code` is the server's error code, the HTTP status if a proxy answered instead, or "unreachable". */
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
  /** A bearer token. */
  readonly bearer?: string | null | undefined;
  /** Blobs are sent as they are, anything else as JSON. */
  readonly body?: object;
  readonly signal?: AbortSignal;
}

/** Calls the server's HTTP API and returns its answer, which is JSON or empty; throws a RequestError. */
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

/** From problem details (RFC 9457), or from a proxy's status alone. */
function refusal(text: string, { status, statusText }: Response): RequestError {
  try {
    const problem = JSON.parse(text) as { readonly code?: string; readonly detail?: string };
    return new RequestError(problem.code ?? String(status), problem.detail ?? statusText);
  } catch {
    return new RequestError(String(status), statusText);
  }
}
