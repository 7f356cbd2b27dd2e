import { HttpTransportType, HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";

/** The server can't be reached, or it refused. */
export class ConnectionError extends Error {
  constructor(
    readonly problem: "unreachable" | "refused",
    message: string,
    /** The server's error code, such as `purpose_refused`; empty if it gave none. */
    readonly code: string,
    cause: unknown,
    /** The address of another server that has room, where a full one knows of it. */
    readonly elsewhere?: string,
  ) {
    super(message, { cause });
    this.name = "ConnectionError";
  }
}

/** A connection to one of the server's hubs, not yet started, with WebSockets and MessagePack. */
export function createHub(url: string): HubConnection {
  return new HubConnectionBuilder()
    .withUrl(url, { transport: HttpTransportType.WebSockets, skipNegotiation: true })
    .withHubProtocol(new MessagePackHubProtocol())
    .configureLogging(LogLevel.None)
    .build();
}

/** How long to wait for a connection to open, or for an answer on an open one; browsers would wait for minutes. */
export const answerMilliseconds = 8000;

/** How long to wait for the server to confirm the end before the socket is closed. */
export const goodbyeMilliseconds = 500;

/**
 * A closed page drops its sockets just as a lost network does, and the server would wait for it to come back. This tells the server
 * when the page is closed, until `life` is aborted.
 */
export function leaveWithPage(hub: string, resumeToken: () => string | undefined, life: AbortSignal): void {
  const address = new URL("/api/v1/goodbye", new URL(hub, location.href));
  const leave = () => {
    const token = resumeToken();
    if (token) navigator.sendBeacon(address, token);
  };
  window.addEventListener("pagehide", leave, { signal: life });
}

export class NoAnswerError extends Error {}

/** The answer, or a NoAnswerError once it is too late. */
export function inTime<T>(answer: Promise<T>, milliseconds = answerMilliseconds): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NoAnswerError()), milliseconds);
    void answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Why a call to the hub failed: if the connection is still open, the server answered and refused. */
export async function problemOf(hub: HubConnection, url: string, error: unknown): Promise<ConnectionError> {
  const silent = error instanceof NoAnswerError;
  if (hub.state === HubConnectionState.Connected && !silent) return refusal(error);
  return (silent ? undefined : await missingKey(url)) ?? new ConnectionError("unreachable", "The server can't be reached.", "", error);
}

/** Whether the server wants a key: a socket that was refused does not say why, but an ordinary request to the same address does. */
async function missingKey(url: string): Promise<ConnectionError | undefined> {
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(answerMilliseconds) });
    if (reply.status !== 401) return undefined;
    const { code, detail } = (await reply.json()) as { readonly code: string; readonly detail: string };
    return new ConnectionError("refused", detail, code, undefined);
  } catch {
    return undefined;
  }
}

/** The hub's message is "code: sentence", and a full server's may end with another one's address; the client library adds its own words and "HubException: " before it. */
export function refusal(error: unknown): ConnectionError {
  const message = error instanceof Error ? error.message : String(error);
  const said = message.split("HubException: ").at(-1) ?? message;
  const [, code = "", sentence = said] = /^([a-z_]+): (.+)$/s.exec(said) ?? [];
  const elsewhere = code === "busy" ? /: (https?:\/\/\S+)$/.exec(sentence)?.[1] : undefined;
  return new ConnectionError("refused", sentence, code, error, elsewhere);
}
