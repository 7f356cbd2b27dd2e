// The server's own types as they cross the wire. ContractTypesTests writes this file: see wwwroot/README.md.

/** The order of every array of eight probabilities. */
export const emotionLabels = ["neutral", "happy", "surprise", "sad", "angry", "disgust", "fear", "contempt"] as const;
export type Emotion = (typeof emotionLabels)[number];

/** One color an emotion, the same in every chart and overlay; each is seen on a white page and on a black one. */
export const palette: Readonly<Record<Emotion, string>> = {
  neutral: "#7d8a9a",
  happy: "#c08400",
  surprise: "#a35cf0",
  sad: "#3b82f6",
  angry: "#e5484d",
  disgust: "#4b9632",
  fear: "#0c94a3",
  contempt: "#d6409f",
};

/** Left, top, width and height, each 0..1 of the upright picture. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** A page of the face archive, the newest first. */
export interface ArchivePage {
  readonly enabled: boolean;
  /** As many as the filters let through. */
  readonly total: number;
  readonly faces: readonly ArchivedFaceReport[];
}

/** Which session's faces a contributor, who has opted in to the face archive, is about to correct. */
export interface ArchiveSession {
  /** The session's, from Started, which proves that it is the caller's. */
  readonly resumeToken?: string | null | undefined;
}

/** Whether this server keeps faces of those who opt in. */
export interface ArchiveTerms {
  readonly enabled: boolean;
}

/** One kept face. */
export interface ArchivedFaceReport {
  /** Its correction's. */
  readonly id: string;
  readonly at: number;
  readonly contributor: string;
  readonly source: string;
  /** What the person said. */
  readonly label: Emotion;
  /** What the server had said. */
  readonly answer: Emotion;
  /** 48x48 gray pixels, row by row; null where they can't be read. */
  readonly pixels: string | null;
  /** Why not: no_key, other_key or damaged. */
  readonly problem: DecryptionProblem | null;
}

export interface CalibrationStep {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly certainty: number;
  readonly right: number;
}

/** The model file that the server was started with. */
export interface ConfiguredModel {
  readonly file: string;
  readonly sha256: string;
  readonly replay: HeadFigures | null;
}

/** The server's answer to CorrectionRequest. */
export interface CorrectionKept {
  readonly id: string;
  readonly label: Emotion;
  /** What the server had said of that face. */
  readonly answer: Emotion;
  /** The face's crop was kept, too, in the face archive, to which the contributor has opted in. */
  readonly archived: boolean;
}

/** A page of corrections, the newest first. */
export interface CorrectionPage {
  /** As many as the filters let through. */
  readonly total: number;
  readonly corrections: readonly CorrectionReport[];
}

/** One correction as the operator, or its contributor, sees it. */
export interface CorrectionReport {
  readonly id: string;
  readonly at: number;
  readonly contributor: string;
  readonly source: string;
  readonly label: Emotion;
  readonly answer: Emotion;
  /** It judges new versions and is never learned from. */
  readonly heldOut: boolean;
  /** It is of the model that runs; of another its embedding means nothing. */
  readonly counts: boolean;
}

/** A person says what a face of theirs showed where the server's answer was another. */
export interface CorrectionRequest {
  /** The face's id in its session or, of an uploaded picture, its `correctionToken`. */
  readonly face?: string | null | undefined;
  /** What it was, one of the labels. */
  readonly label?: Emotion | null | undefined;
  /** A secret of the person's own making, 16 to 128 characters: with it they can see and erase what they gave. */
  readonly contributor?: string | null | undefined;
  /** The session's, from Started, which proves that the face is the caller's; none for an uploaded picture. */
  readonly resumeToken?: string | null | undefined;
  /** The time stamp of the frame that was misread; without it the newest counts. */
  readonly capturedAt?: number | null | undefined;
}

/** How many corrections were erased. */
export interface CorrectionsErased {
  readonly erased: number;
}

/** Why a kept face can't be shown. The face can still be deleted in every case. */
export const decryptionProblems = ["no_key", "other_key", "damaged"] as const;
export type DecryptionProblem = (typeof decryptionProblems)[number];

export interface DetectedAccuracy {
  readonly found: number;
  readonly sameReadyMade: number;
  readonly all: number;
}

export interface DetectedFigures {
  readonly faceModel: ModelFile;
  readonly crop: string;
  readonly roll: number;
  readonly found: number;
  readonly notFound: number;
  readonly emotionsAccuracy: DetectedAccuracy;
  readonly stillAccuracy: DetectedAccuracy;
  readonly emotions: EmotionFigures;
  readonly still: EmotionFigures;
}

export interface DetectorFigures {
  readonly model: ModelFile;
  readonly close: ModelFile | null;
  readonly groups: readonly GroupFigures[];
  readonly negatives: number;
  readonly cleanNegatives: number;
  readonly falseOnNegatives: number;
  readonly pointsSound: PointFigures;
  readonly pointsAll: PointFigures;
  readonly milliseconds320: number;
  readonly milliseconds160: number;
  readonly millisecondsKnown: number | null;
}

export interface EmotionFigures {
  readonly pictures: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly meanRecall: number;
  readonly calibrationError: number;
  readonly balancedCalibrationError: number;
  readonly perLabel: readonly LabelFigures[];
  readonly confusion: readonly (readonly number[])[];
  readonly calibration: readonly CalibrationStep[];
}

export interface EmotionReport {
  readonly data: string;
  readonly pictures: number;
  readonly model: ModelFile;
  readonly precision: string;
  readonly labels: readonly Emotion[];
  readonly readyMade: ReadyMadeFigures;
  readonly withDetection: DetectedFigures | null;
}

/** What one face appears to express in one frame. */
export interface FaceReading {
  /** Stays with the face from frame to frame within its session. */
  readonly id: string;
  /** x, y, width, height in 0..1 of the upright frame. */
  readonly box: Box;
  /** Right eye, left eye, nose, right and left mouth corner as x, y pairs in 0..1; right and left are the person's own. */
  readonly points: readonly number[] | null;
  /** The detector's score that this is a face. */
  readonly confidence: number;
  /** Seconds since the face was first seen. */
  readonly age: number;
  /** Probabilities in the order of EmotionLabels, judged over time. */
  readonly emotions: readonly number[];
  /** The same from this one frame alone. */
  readonly still: readonly number[];
  readonly dominant: Emotion;
  /** The calibrated probability that the dominant label is what most people would say. */
  readonly certainty: number;
  readonly valence: number;
  readonly arousal: number;
  /** 6x6 over the face's crop, row by row, 0..1: where the dominant label was seen; only when asked for. */
  readonly heatmap?: readonly number[];
  /** Which way the head faces; absent where the points do not tell. */
  readonly pose?: HeadPose;
  /** True where the certainty is too low for a word, for instance behind a hand or in a blurred picture; left out otherwise. */
  readonly unclear?: boolean;
}

export interface FaceReport {
  readonly data: string;
  readonly split: string;
  readonly pictures: number;
  readonly threshold: number;
  readonly detectors: readonly DetectorFigures[];
}

/** How many faces were deleted. */
export interface FacesDeleted {
  readonly deleted: number;
}

export interface GroupFigures {
  readonly group: string;
  readonly faces: number;
  readonly averagePrecision: number;
  readonly recallAtFalseRate: number;
  readonly recallAtThreshold: number;
  readonly meanOverlap: number;
}

/** How often a head gave the label that people gave, over faces it has not learned from. */
export interface HeadFigures {
  readonly faces: number;
  readonly accuracy: number;
  readonly meanRecall: number;
  readonly perLabel: readonly LabelShare[];
  /** Rows are what people said, columns what the head answered. */
  readonly confusion: readonly (readonly number[])[];
}

/** Which way a head faces, in degrees, from its five points; 0, 0, 0 faces the camera. Errs by about 5 degrees. */
export interface HeadPose {
  /** Above 0: turned to the right of the picture, the person's own left. */
  readonly yaw: number;
  /** Above 0: raised, looking up. */
  readonly pitch: number;
  /** Above 0: leaning clockwise in the picture, toward the person's own left shoulder. */
  readonly roll: number;
}

/** How much of the history was erased. */
export interface HistoryErased {
  readonly readings: number;
}

/** Somebody of whom the history keeps readings in a room. */
export interface HistoryPerson {
  readonly room: string;
  readonly person: string;
  readonly name: string | null;
  /** Milliseconds since 1970, as lastAt. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** What a person appeared to express at a time, as the history keeps it. */
export interface HistoryReading {
  /** Milliseconds since 1970 by the server's clock; of means, the step's beginning. */
  readonly at: number;
  readonly room: string;
  readonly person: string;
  readonly name: string | null;
  /** Null in means, which are over all of the person's faces. */
  readonly face?: string;
  /** Probabilities in the order of EmotionLabels. */
  readonly emotions: readonly number[];
  readonly dominant: Emotion;
  readonly certainty: number;
  readonly valence: number;
  readonly arousal: number;
  /** How many readings a mean is of; 1 for a reading by itself. */
  readonly readings: number;
}

/** What the server keeps of those who are in rooms, for the consent notice. */
export interface HistoryTerms {
  /** False: nothing is kept. */
  readonly enabled: boolean;
  /** Readings of one person that are kept a second, at most. */
  readonly rateHz: number;
  /** How long each is kept. */
  readonly retentionHours: number;
}

/** A STUN or TURN server, through which browsers find each other where they can't directly. */
export interface IceServer {
  /** One address, such as stun:stun.example.org:3478. */
  readonly urls: string;
  /** The name that a TURN server asks for. */
  readonly username: string | null;
  /** The password that goes with the name; every participant of a call is told it. */
  readonly credential: string | null;
}

/** What somebody says who joins a room's call. */
export interface JoinRequest {
  readonly room?: string | null | undefined;
  readonly name?: string | null | undefined;
  /** A source's token for this room, where the operator has set a key. */
  readonly token?: string | null | undefined;
  /** From an earlier JoinedRoom: takes that place in the call up again. */
  readonly resumeToken?: string | null | undefined;
}

/** The server's answer to JoinRequest. */
export interface JoinedRoom {
  /** The participant's own id in this call. */
  readonly id: string;
  /** A secret: its holder may take the place over. */
  readonly resumeToken: string;
  /** True when an earlier place was taken up again, and the others have noticed nothing. */
  readonly resumed: boolean;
  /** Who else is in the call, in the order in which they came. */
  readonly others: readonly Participant[];
  /** What the operator has set up for browsers that can't reach each other directly; none by default. */
  readonly iceServers: readonly IceServer[];
}

export interface LabelFigures {
  readonly label: Emotion;
  readonly pictures: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** What was measured of one label. */
export interface LabelShare {
  readonly label: Emotion;
  readonly faces: number;
  readonly recall: number;
  readonly precision: number;
}

/** The state of learning: what runs, what was tried, and how it did. */
export interface LearningReport {
  /** Why nothing can be learned; null when it can. */
  readonly unavailable: string | null;
  readonly state: LearningState;
  readonly labels: readonly Emotion[];
  /** All that are kept. */
  readonly corrections: number;
  /** The version that runs; 0 is the configured model. */
  readonly active: number;
  /** That model, with what its own head does on the replay set. */
  readonly configured: ConfiguredModel;
  readonly versions: readonly VersionReport[];
}

/** The steps of a retraining and its possible ends. */
export const learningStages = ["idle", "training", "judging", "promoted", "refused", "failed"] as const;
export type LearningStage = (typeof learningStages)[number];

/** How far a retraining is, or how the last one ended. */
export interface LearningState {
  readonly stage: LearningStage;
  /** 0 to 1. */
  readonly progress: number;
  /** Why it was refused or failed. */
  readonly detail: string | null;
  /** The version it made. */
  readonly version: number | null;
  readonly isRunning: boolean;
}

/** The answer to one frame: every face in it, possibly none. */
export interface Measured {
  readonly sequence: number;
  /** The sender's own time stamp, handed back: milliseconds since 1970. */
  readonly capturedAt: number;
  /** Of the frame as it was sent, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly faces: readonly FaceReading[];
  readonly timings: StageTimings;
  /** Frames a second that a sender should send at most, three times what a full server can measure of each. Left out where it keeps up. */
  readonly pace?: number;
}

/** The kinds of works that are recommended. */
export const media = ["movies", "songs", "books"] as const;
export type Medium = (typeof media)[number];

/** One model file and what is known of it. */
export interface ModelDescription {
  readonly file: string;
  /** The file's size. */
  readonly bytes: number;
  readonly sha256: string;
  /** Where it runs: auto, cpu or cuda, as configured; auto is cuda where its provider is installed. */
  readonly device: string;
  /** How it computes: float, or int8 (8-bit integers) where its quantized copy runs. */
  readonly precision: string;
  /** Trained numbers in the file. */
  readonly parameters: number;
  readonly inputs: readonly TensorDescription[];
  readonly outputs: readonly TensorDescription[];
  /** What was measured: the JSON file of the same name beside it, written by `evaluate` or `evaluate-faces`; null without one. */
  readonly card: unknown;
  /** The model card: the Markdown file of the same name beside it; null without one. */
  readonly text: string | null;
}

export interface ModelFile {
  readonly name: string;
  readonly sha256: string;
}

/** Which model files the server runs, by file name. */
export interface ModelInfo {
  readonly emotion: string;
  readonly face: string;
}

/** The models the server runs, as `GET /api/v1/models` tells them. */
export interface ModelList {
  readonly labels: readonly Emotion[];
  readonly emotion: ModelDescription;
  readonly face: ModelDescription;
  /** The second look at what the detector finds; null where none lies beside the detector's file. */
  readonly faceClose: ModelDescription | null;
}

/** A contributor's own part of the face archive, the newest first. */
export interface MyArchive {
  /** Further faces can be kept; those that are kept can be seen and deleted regardless. */
  readonly enabled: boolean;
  /** They agree to it. */
  readonly optedIn: boolean;
  /** As many as are kept of them. */
  readonly total: number;
  readonly faces: readonly ArchivedFaceReport[];
}

/** Somebody in a room's call. */
export interface Participant {
  /** Signals are addressed to it; it ends with the stay and is never used again. */
  readonly id: string;
  readonly name: string | null;
}

export interface PointFigures {
  readonly heads: number;
  readonly median: number | null;
  readonly percentile90: number | null;
}

/** What the readings will be used for; asked of every sender, because some uses are not allowed everywhere. */
export const purposes = ["personal", "entertainment", "research", "wellbeing", "workplace", "education"] as const;
export type Purpose = (typeof purposes)[number];

export interface ReadyMadeFigures {
  readonly emotions: EmotionFigures;
  readonly still: EmotionFigures;
  readonly looks: readonly (readonly number[])[];
}

/** A work that suits a mood. */
export interface Recommendation {
  readonly media: Medium;
  readonly title: string;
  /** When it first came out, a book as a book. */
  readonly year: number;
  /** The director, the artist or the author. */
  readonly maker: string;
  /** A public page about it. */
  readonly link: string;
  /** The label that spoke for it most. */
  readonly for: Emotion;
}

/** What was picked for a mood. The same seed picks the same again, as long as mood and catalog are the same. */
export interface RecommendationList {
  readonly mode: RecommendationMode;
  /** The mood that was asked for, as shares that add up to 1. */
  readonly emotions: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly items: readonly Recommendation[];
  /** How many more there are for this mood; `skip` leads to them. */
  readonly left: number;
}

/** What a recommendation shall do to the mood: keep company with it, or lead out of it. */
export const recommendationModes = ["match", "change"] as const;
export type RecommendationMode = (typeof recommendationModes)[number];

/** Asks for works that suit a mood. */
export interface RecommendationRequest {
  /** How strongly each label counts; they need not add up to anything. */
  readonly emotions: Readonly<Record<string, number>> | null;
  /** One kind of works; every kind if left out. */
  readonly media?: Medium | null | undefined;
  readonly mode?: RecommendationMode | undefined;
  /** Works of each kind. */
  readonly count?: number | undefined;
  /** Works of each kind to leave out, since the asker has them already. */
  readonly skip?: number | undefined;
  /** Makes the pick repeatable; without it each is another. */
  readonly seed?: number | null | undefined;
}

/** The answer to one frame that was not measured. */
export interface Rejected {
  readonly sequence: number;
  readonly reason: RejectionReason;
  readonly detail: string;
  /** As in Measured. */
  readonly pace?: number;
}

/** Why a frame was not measured. */
export const rejectionReasons = ["superseded", "undecodable", "too_large", "rate_limited", "busy", "not_started"] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

/** What a room as a whole appears to express: all its recent faces together. */
export interface RoomMood {
  /** The mean distribution, each face weighted by its certainty; all zero when nobody was seen lately. */
  readonly emotions: readonly number[];
  /** The mean of the faces' own, weighted likewise. */
  readonly valence: number;
  readonly arousal: number;
  /** Faces whose valence is clearly above zero. */
  readonly positive: number;
  /** Faces whose valence is near zero. */
  readonly neutral: number;
  /** Faces whose valence is clearly below zero. */
  readonly negative: number;
  /** The share that a face's distribution has in common with the mean one: 1 when all are alike, 1/n for n of which no two share anything, 0 for nobody. */
  readonly agreement: number;
  /** Faces that were counted. */
  readonly people: number;
}

/** One source of a room: a camera session and what it shares of its newest reading. */
export interface RoomPerson {
  /** The session's id, as its sender knows it from Started. */
  readonly id: string;
  readonly name: string | null;
  /** What the person lets others see: full or badge. */
  readonly share: Share;
  /** What the main face (confidence times area) appears to express; null when nobody was seen, or before the first reading. */
  readonly dominant: Emotion | null;
  /** Every face of the newest frame, without heat maps; empty when nobody was seen, before the first reading, and with a badge. */
  readonly faces: readonly FaceReading[];
  /** When the newest reading was made, milliseconds since 1970 by the server's clock; null before the first. */
  readonly at: number | null;
  /** How old the newest reading was when the update was made; null before the first. */
  readonly ageMs: number | null;
}

/** What a room token allows. */
export const roomRoles = ["source", "viewer"] as const;
export type RoomRole = (typeof roomRoles)[number];

/** A signed token, to be handed to those who may come. */
export interface RoomToken {
  readonly token: string;
  readonly room: string;
  readonly role: RoomRole;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** What the operator asks for: a token of this role, valid for so many minutes. */
export interface RoomTokenRequest {
  readonly role?: RoomRole | null | undefined;
  readonly minutes?: number | null | undefined;
}

/** A room at one moment, as its viewers see it. */
export interface RoomUpdate {
  readonly room: string;
  /** Milliseconds since 1970 by the server's clock. */
  readonly at: number;
  /** Everybody whose camera is in the room, in the order in which they came. */
  readonly people: readonly RoomPerson[];
  readonly mood: RoomMood;
  /** True while other servers of the room can't be reached: people may be missing. */
  readonly partial?: boolean;
}

/** What one session may send. */
export interface SessionLimits {
  readonly maxFrameBytes: number;
  readonly maxFrameSide: number;
  /** Frames that may await their answer; more only get superseded. */
  readonly maxUnanswered: number;
  readonly maxFramesPerSecond: number;
  readonly resumeWithinSeconds: number;
}

/** What the others in a room see of somebody's readings; the sender's own come back whole in any case. */
export const shares = ["full", "badge", "nothing"] as const;
export type Share = (typeof shares)[number];

/** Where a frame's time on the server went, in milliseconds. */
export interface StageTimings {
  /** From arrival until a worker took it. */
  readonly queued: number;
  readonly decode: number;
  /** Detection, tracking and cropping. */
  readonly detect: number;
  /** From the sample queue to the reading, waiting for the batch included. */
  readonly infer: number;
}

/** What a sender says before its first frame. */
export interface StartRequest {
  /** Required; missing is refused rather than guessed. */
  readonly purpose?: Purpose | null | undefined;
  /** True once the person in front of the camera has agreed. */
  readonly consent?: boolean | undefined;
  readonly room?: string | null | undefined;
  readonly name?: string | null | undefined;
  /** From an earlier Started: takes that session up again, face ids included. */
  readonly resumeToken?: string | null | undefined;
  readonly wantHeatmap?: boolean | undefined;
  /** A source's token for the room, where the operator has set a key. */
  readonly token?: string | null | undefined;
  /** What the room's others see; with nothing the session is in no room at all. */
  readonly share?: Share | undefined;
  /** How the sender's face at rest read, in label order: readings are judged against it, until SetRestFace says otherwise. */
  readonly restFace?: readonly number[] | null | undefined;
}

/** The server's answer to StartRequest. */
export interface Started {
  readonly sessionId: string;
  /** A secret: its holder may take the session over. */
  readonly resumeToken: string;
  /** True when an earlier session goes on, with its face ids and recurrent state. */
  readonly resumed: boolean;
  readonly limits: SessionLimits;
  readonly model: ModelInfo;
  readonly labels: readonly Emotion[];
  /** Whether the server takes corrections of the session's faces. */
  readonly correctable: boolean;
}

/** What one face of an uploaded picture appears to express. */
export interface StillFace {
  /** 1, 2, 3 within its picture, the surest face first. */
  readonly id: string;
  /** x, y, width, height in 0..1 of the upright picture. */
  readonly box: Box;
  /** Right eye, left eye, nose, right and left mouth corner as x, y pairs in 0..1; right and left are the person's own. */
  readonly points: readonly number[] | null;
  /** The detector's score that this is a face. */
  readonly confidence: number;
  /** Probabilities in the order of the labels. */
  readonly emotions: readonly number[];
  readonly dominant: Emotion;
  /** The calibrated probability that the dominant label is what most people would say. */
  readonly certainty: number;
  /** Unpleasant to pleasant, -1 to 1. */
  readonly valence: number;
  /** Calm to excited, -1 to 1. */
  readonly arousal: number;
  /** 6x6 over the face's crop, row by row, 0..1: where the dominant label was seen; only when asked for. */
  readonly heatmap?: readonly number[];
  /** With it, `POST /api/v1/corrections` can say for a quarter of an hour what the face showed; only when asked for. */
  readonly correctionToken?: string;
  /** Which way the head faces; absent where the points do not tell. */
  readonly pose?: HeadPose;
  /** True where the certainty is too low for a word, for instance behind a hand or in a blurred picture; left out otherwise. */
  readonly unclear?: boolean;
}

/** Why a picture was refused. */
export interface StillProblem {
  /** A word that stays the same, to be acted upon. */
  readonly code: string;
  /** A sentence for people. */
  readonly detail: string;
}

/** One uploaded picture's answer: its faces, or why it has none. */
export interface StillReading {
  /** The picture's place in the request, from 0. */
  readonly index: number;
  /** The upright picture's own width in pixels; 0 when it was refused. */
  readonly width: number;
  readonly height: number;
  /** Nobody in the picture is an empty list. */
  readonly faces: readonly StillFace[];
  /** Where the time went, in milliseconds. */
  readonly timings: StageTimings;
  /** Why this picture of several was refused; absent when it was measured. */
  readonly problem?: StillProblem;
}

/** The answer to uploaded pictures. */
export interface StillReadingList {
  /** What the numbers of each face's emotions stand for. */
  readonly labels: readonly Emotion[];
  /** One entry a picture, in their order. */
  readonly images: readonly StillReading[];
  /** Whether the server takes corrections, so that `correct=true` gives each face a token. */
  readonly correctable: boolean;
}

/** Told to every sender before the server goes away: come back with the resume token. */
export interface Stopping {
  readonly detail: string;
  /** True where another server goes on with the session at once; otherwise come back a little later. */
  readonly elsewhere?: boolean;
}

/** A tensor's name and sizes; -1 is a size that the caller chooses. */
export interface TensorDescription {
  readonly name: string;
  readonly shape: readonly number[];
}

/** What was measured of a version, always on faces that it did not learn from. */
export interface VersionFigures {
  /** Corrections. */
  readonly learnedFrom: number;
  /** Who gave them. */
  readonly people: number;
  /** On the replay set's held-out faces; null where there is none for this model. */
  readonly replay: HeadFigures | null;
  /** On the held-out corrections. */
  readonly corrections: HeadFigures | null;
  /** The share of the held-out corrections that the version active at that time got right, each person weighted alike. */
  readonly before: number | null;
  /** The same of this one. */
  readonly after: number | null;
}

/** One version and what was measured of it. */
export interface VersionReport {
  readonly id: number;
  readonly at: number;
  readonly kind: string;
  readonly file: string;
  readonly modelSha256: string;
  readonly refusal: string | null;
  readonly active: boolean;
  readonly figures: VersionFigures;
}

/** One picture of a clip. */
export interface VideoFrame {
  /** Since the clip's beginning. */
  readonly seconds: number;
  /** Ids stay with a face from picture to picture; `emotions` is judged over time. */
  readonly faces: readonly FaceReading[];
}

/** How far the work on a clip has come. */
export const videoStates = ["queued", "working", "done", "failed"] as const;
export type VideoState = (typeof videoStates)[number];

/** How far the work on an uploaded clip has come. */
export interface VideoStatus {
  /** Anyone who knows it can fetch the result; it can't be guessed. */
  readonly id: string;
  readonly state: VideoState;
  /** The share of the clip that is done, 0 to 1; null while its length is unknown. */
  readonly progress: number | null;
  /** Pictures measured so far. */
  readonly frames: number;
  /** How much of the clip they cover. */
  readonly seconds: number;
  /** Why it failed; absent otherwise. */
  readonly problem?: StillProblem;
}

/** A clip's time line. */
export interface VideoTimeline {
  readonly id: string;
  /** What the numbers of each face's emotions stand for. */
  readonly labels: readonly Emotion[];
  /** Pictures a second that were looked at. */
  readonly framesPerSecond: number;
  readonly frames: readonly VideoFrame[];
}

/** What a viewer asks of the room hub's Watch. */
export interface WatchRequest {
  readonly room?: string | null | undefined;
  /** Updates a second, 1 to 30. */
  readonly rateHz?: number | undefined;
  /** A viewer's token for this room, where the operator has set a key. */
  readonly token?: string | null | undefined;
}
