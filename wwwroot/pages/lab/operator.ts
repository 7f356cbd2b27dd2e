import { request, type RequestOptions } from "../../kit/request.ts";

const storedKey = "operatorKey";

/** The operator's key, for as long as this tab is open. */
export const operatorKey = {
  get: (): string | null => sessionStorage.getItem(storedKey),
  set: (key: string): void => sessionStorage.setItem(storedKey, key),
};

/** Asks the operator's part of the server; throws a RequestError when it refuses. */
export function ask<Answer>(method: NonNullable<RequestOptions["method"]>, path: string, body?: Blob): Promise<Answer> {
  return request<Answer>(path, { method, bearer: operatorKey.get(), ...(body ? { body } : {}) });
}
