/** The browser SDK: put an expression overlay on any page's video. */
export { Analysis, type AnalysisListener } from "./analysis.ts";
export { CameraSource, listCameras, type CameraOptions } from "./cameraSource.ts";
export { connectCamera, type ConnectOptions } from "./connectCamera.ts";
export * from "./contracts.ts";
export { DemoSource } from "./demoSource.ts";
export type { OverlayStyle } from "./drawFaces.ts";
export { drawOverlay } from "./drawOverlay.ts";
export { EmotionConnection, type ConnectionListener, type ConnectionState } from "./emotionConnection.ts";
export { openFile } from "./fileSource.ts";
export { SourceError, type FrameSource, type SourceProblem } from "./frameSource.ts";
export { ConnectionError } from "./hub.ts";
export { Overlay } from "./overlay.ts";
export { palette } from "./palette.ts";
export * from "./roomContracts.ts";
export { measurePicture, StillError, type StillFace, type StillReading } from "./stills.ts";
export { watchRoom, type Stoppable, type WatchOptions } from "./watchRoom.ts";
