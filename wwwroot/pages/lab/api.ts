const storedKey = "operatorKey";

/** The server refused; `code` is its word for why, or "unreachable". */
export class LabError extends Error {
  constructor(
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

/** The operator's key, for as long as this tab is open. */
export const operatorKey = {
  get: (): string | null => sessionStorage.getItem(storedKey),
  set: (key: string): void => sessionStorage.setItem(storedKey, key),
};

/** Asks the operator's part of the server; throws a LabError when it refuses. */
export async function ask<Answer>(method: string, path: string, body?: Blob): Promise<Answer> {
  const key = operatorKey.get();
  let reply: Response;
  try {
    reply = await fetch(`api/v1/${path}`, { method, headers: key ? { authorization: `Bearer ${key}` } : {}, ...(body ? { body } : {}) });
  } catch (error) {
    throw new LabError("unreachable", String(error));
  }
  const text = await reply.text();
  if (reply.ok) return (text ? JSON.parse(text) : undefined) as Answer;
  throw refusal(text, reply);
}

function refusal(text: string, reply: Response): LabError {
  try {
    const problem = JSON.parse(text) as { readonly code?: string; readonly detail?: string };
    return new LabError(problem.code ?? String(reply.status), problem.detail ?? reply.statusText);
  } catch {
    return new LabError(String(reply.status), reply.statusText);
  }
}
