/** Downloads a file that was created in the browser. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // By the next event-loop turn the browser has a reference to the blob.
  setTimeout(() => URL.revokeObjectURL(link.href));
}

/** "emotionstream-2026-05-01T12-30-00.csv": sorts by time and is a valid name everywhere. */
export function fileName(extension: string): string {
  return `emotionstream-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.${extension}`;
}
