import type { StillReading as ServerStillReading, StillReadingList } from "./contracts.generated.ts";

/** What crosses the wire between a page and `/api/v1/images`; the types are the server's own. */
export type { StillFace } from "./contracts.generated.ts";

/** The answer to one picture, and whether the server takes corrections of it. */
export type StillReading = Pick<ServerStillReading, "width" | "height" | "faces" | "timings"> & Pick<StillReadingList, "correctable">;

export interface MeasureOptions {
  /** Asks for tokens to correct the faces with; the server then remembers the faces' numbers for some minutes. */
  readonly correct?: boolean;
  /** The secret of a contributor who has opted in to the face archive: a correction of a face that is alone in its picture keeps it, too. */
  readonly archivist?: string;
  readonly signal?: AbortSignal;
  readonly url?: string;
}

/** Why there is no reading of a picture; `code` is the server's word for it, or "unreachable". */
export class StillError extends Error {
  constructor(
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

/** Sends one picture to be read; throws a StillError when it can't be. */
export async function measurePicture(picture: Blob, { correct = false, archivist, signal, url = "api/v1/images" }: MeasureOptions = {}): Promise<StillReading> {
  const form = new FormData();
  form.append("image", picture);
  let reply: Response;
  try {
    reply = await fetch(`${url}?heatmap=true${correct ? "&correct=true" : ""}${archivist ? "&archive=true" : ""}`, {
      method: "POST",
      body: form,
      ...(archivist ? { headers: { authorization: `Bearer ${archivist}` } } : {}),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    throw new StillError("unreachable", String(error));
  }
  if (!reply.ok) throw await refusal(reply);
  const { images, correctable } = (await reply.json()) as StillReadingList;
  return { ...images[0]!, correctable };
}

/** Problem details (RFC 9457), or, from a proxy that answers for the server, nothing but a status. */
async function refusal(reply: Response): Promise<StillError> {
  try {
    const problem = (await reply.json()) as { readonly code?: string; readonly detail?: string };
    return new StillError(problem.code ?? String(reply.status), problem.detail ?? reply.statusText);
  } catch {
    return new StillError(String(reply.status), reply.statusText);
  }
}
