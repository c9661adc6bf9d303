/**
 * The one door from the interface to the teacher. Two things stand behind it: the window's commands
 * (`tauri.ts`) and a script for a plain browser (`fake.ts`). No lesson logic lives here.
 */
import type {
  AppError,
  CheckUpdate,
  ChordCard,
  EvidenceView,
  ExportView,
  CommandName,
  DrillAsked,
  HomeView,
  ImportView,
  InputDevice,
  OrderView,
  PathView,
  ProgressView,
  SettingsView,
  SongCard,
  SongView,
  Source,
  StyleView,
  TodayView,
  TunerUpdate,
  TuningCard,
  TuningView,
  Update,
} from "./bindings";

export type {
  AddressView,
  AppError,
  ChangesView,
  ChapterView,
  CheckUpdate,
  ChordCard,
  EvidenceView,
  ExportView,
  CommandName,
  DrillAsked,
  DrillView,
  FeedbackView,
  GuideView,
  GuitarView,
  HandView,
  HomeView,
  ImportView,
  IncomingView,
  InputDevice,
  LineView,
  NoteCard,
  NoteNamesView,
  OrderView,
  OutcomeView,
  PathView,
  PlaceView,
  ProgressView,
  RateOfDay,
  SectionView,
  SettingsView,
  SongCard,
  SongView,
  Source,
  StateOfStep,
  StatusView,
  StepKindView,
  StepView,
  StringOfTen,
  StringsView,
  StringView,
  StripView,
  StudentView,
  StyleView,
  TaskView,
  TodayView,
  TroubleView,
  TunerUpdate,
  TuningCard,
  TuningView,
  Update,
} from "./bindings";

/** Whether the system lets the app hear. `prompt`: it will ask when it is asked. */
export type Access = "granted" | "denied" | "prompt";

/** Every call rejects with {@link BackendError} and with nothing else. */
export type Backend = {
  chords(): Promise<ChordCard[]>;
  inputDevices(): Promise<InputDevice[]>;
  openLesson(chord: string, source: Source, onUpdate: (update: Update) => void): Promise<void>;
  practice(chord: string): Promise<void>;
  command(name: CommandName): Promise<void>;
  openDrill(asked: DrillAsked, source: Source, onUpdate: (update: Update) => void): Promise<void>;
  /** What the last verdict rests on; null before the first strum. */
  evidence(): Promise<EvidenceView | null>;
  /** Plays the last strum, or the same with string `mended` ringing. False where there is nothing to play or no loudspeaker. */
  playStrum(mended: number | null): Promise<boolean>;
  hushStrum(): Promise<void>;
  /** «בודקים יחד»: the string the last verdict is about is asked for alone. */
  checkTogether(): Promise<void>;
  /** «זה לא נכון»: the last verdict is withdrawn and checked. */
  object(): Promise<void>;
  /** Ends whatever listens: the lesson, the tuner or the check of the sound. */
  closeLesson(): Promise<void>;
  tunings(): Promise<TuningCard[]>;
  /** How the student's own guitar is tuned, as it was chosen last. */
  ownTuning(): Promise<TuningView>;
  /** Keeps that choice: the lessons judge by it. */
  keepTuning(tuning: string, a4: number): Promise<void>;
  /** One thing listens at a time: opening closes what was open. `a4` in Hz, 430–446. */
  openTuner(tuning: string, a4: number, device: string | null, onUpdate: (update: TunerUpdate) => void): Promise<void>;
  /** Holds the tuner to one string, or lets it find the string by itself. */
  aimTuner(string: number | null): Promise<void>;
  /** Says aloud what stands on the tuner's screen. */
  sayTuner(): Promise<void>;
  hushTuner(): Promise<void>;
  openCheck(device: string | null, onUpdate: (update: CheckUpdate) => void): Promise<void>;
  path(): Promise<PathView>;
  chooseOrder(order: OrderView): Promise<PathView>;
  /** Leaves steps behind without passing them, or comes back to them. */
  moveOn(steps: string[], back: boolean): Promise<PathView>;
  songs(): Promise<SongCard[]>;
  /** A song's sheet; `easy` with a capo where that is easier. */
  song(id: string, easy: boolean): Promise<SongView>;
  /** Lets the student pick a file; rejects with `nothing_chosen` when the dialog is closed. */
  importSong(): Promise<SongView>;
  /** Removes a song of the student's own files. */
  forgetSong(id: string): Promise<void>;
  progress(): Promise<ProgressView>;
  /** Asks for the microphone where a system grants it (phones); a computer answers at once. */
  microphoneAccess(): Promise<Access>;
  /** Where a refusal is taken back: the system's page of this app. */
  openSettings(): Promise<void>;
  /** Who plays here and what they chose; what is to be told of their data. */
  home(): Promise<HomeView>;
  /** Somebody new, who plays from now on; without a name the app has one for them. */
  admit(name: string | null, settings: SettingsView): Promise<HomeView>;
  switchStudent(id: number): Promise<HomeView>;
  /** The student who plays now chooses. */
  choose(settings: SettingsView): Promise<HomeView>;
  styles(): Promise<StyleView[]>;
  /** Asks where to, and writes everybody's progress there. */
  exportProgress(): Promise<ExportView>;
  /** Asks for a file and tells what taking it would replace; {@link importProgress} takes it. */
  lookIntoProgress(): Promise<ImportView>;
  importProgress(): Promise<HomeView>;
  forgetStudent(id: number): Promise<HomeView>;
  forgetAll(): Promise<void>;
  /** Today's plan, of so many minutes if not of the student's own. */
  today(minutes: number | null): Promise<TodayView>;
};

/** What went wrong, in Hebrew and with the way out. */
export class BackendError extends Error {
  readonly code: string;

  constructor({ code, message }: AppError) {
    super(message);
    this.name = "BackendError";
    this.code = code;
  }
}
