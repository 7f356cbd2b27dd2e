import { request, type RequestOptions } from "../../kit/request.ts";

const storedKey = "operatorKey";

/** The operator key, stored while this tab is open. */
export const operatorKey = {
  get: (): string | null => sessionStorage.getItem(storedKey),
  set: (key: string): void => sessionStorage.setItem(storedKey, key),
};

/** Sends a request with the operator key; throws a RequestError. */
export function ask<Answer>(method: NonNullable<RequestOptions["method"]>, path: string, body?: Blob): Promise<Answer> {
  return request<Answer>(path, { method, bearer: operatorKey.get(), ...(body ? { body } : {}) });
}
