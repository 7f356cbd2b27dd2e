/** The browser SDK: put an expression overlay on any page's video. */
export { Analysis, type AnalysisListener } from "./analysis.ts";
export { CameraSource, listCameras, type CameraOptions } from "./cameraSource.ts";
export * from "./contracts.ts";
export { DemoSource } from "./demoSource.ts";
export { drawOverlay, type OverlayStyle } from "./drawOverlay.ts";
export { ConnectionError, EmotionConnection, type ConnectionListener, type ConnectionState } from "./emotionConnection.ts";
export { openFile } from "./fileSource.ts";
export { SourceError, type FrameSource, type SourceProblem } from "./frameSource.ts";
export { Overlay } from "./overlay.ts";
export { palette } from "./palette.ts";
