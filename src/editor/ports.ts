import type * as vscode from 'vscode';
import type * as code from '../core/code';
import type * as engine from '../core/engine';
import type { Door, WireCall } from '../core/request/types';
import type { FileFacts } from '../core/history/files';
import type { AccountModels, Callable, ModelAccess, OrFailure } from '../core/runs/account';
import type { OfStore, StoredPrompt, StoredSummary } from '../core/runs/storedPrompts';
import type { JsonObject } from '../core/text/json';
import type { CancelSignal } from '../core/runs/cancel';
import type { Owner } from '../core/runs/identity';
import type { RunFailure } from '../core/runs/failure';
import type { Readiness, RunPort, Target } from '../core/runs/port';

/** The analysis bundle; the first call loads it. */
export type EnginePort = () => typeof engine;

/** The bundle that reads prompts out of code; the first call loads it. */
export type CodePort = () => typeof code;

/** What analyses are made with. */
export interface Bundles {
  readonly engine: EnginePort;
  readonly code: CodePort;
}

/** An AWS profile of this machine, without any secret. */
export interface ProfileInfo {
  readonly name: string;
  readonly region?: string | undefined;
  readonly kind: string;
}

/** How the AWS CLI signs a profile in. */
export interface LoginCommand {
  readonly command: 'sso' | 'login';
  /** The profile that has the login: of a role, that of the profile it is taken from. */
  readonly profile: string;
}

/** As whom calls are signed, as AWS itself says it. */
export interface Caller extends Owner {
  /** In a few words. */
  readonly identity: string;
  readonly region: string;
  /** `undefined`: an API key, of which STS knows nothing. */
  readonly arn: string | undefined;
}

/** The service's own count of a request's tokens, or why there is none. */
export type TokenCount = { readonly tokens: number } | RunFailure;

/** What the second bundle offers; loaded on the first run, never before. */
export interface BedrockPort {
  readonly run: RunPort;
  /** Can a call start, and where would it go as whom? Signs in, and sends nothing to the model's service. Never rejects for what the world can refuse. */
  readyCall(target: Target, modelId: string, signal: CancelSignal, door: Door): Promise<Readiness>;
  /**
   * `baseModelId`: the model's own id, never that of an inference profile; `retrying` is told of each attempt after the first. Never
   * rejects for what the world can refuse.
   */
  countTokens(
    call: WireCall,
    target: Target,
    signal: CancelSignal,
    baseModelId: string,
    retrying?: (retry: { readonly attempt: number; readonly reason: string }) => void,
  ): Promise<TokenCount>;
  /** Signs in and asks STS whose keys they are. Never rejects for what the world can refuse. */
  callerIdentity(target: Target, signal: CancelSignal): Promise<Caller | RunFailure>;
  /** Who asks a person for the code of a device, by its serial number or ARN. */
  useMfaQuestion(ask: (serial: string) => Promise<string | undefined>): void;
  /** How the AWS CLI signs in for a profile, or for the environment's; `undefined`: its keys come from elsewhere. */
  loginFor(profile: string | undefined): Promise<LoginCommand | undefined>;
  listProfiles(): Promise<readonly ProfileInfo[]>;
  /** All that the account can name as a model. These three reject for nothing that the world can refuse. */
  listModels(target: Target, signal: CancelSignal): Promise<OrFailure<AccountModels>>;
  /** The models behind an ARN; `found` is `undefined` where none stands behind it, or it cannot be asked about. */
  resolveModel(arn: string, target: Target, signal: CancelSignal): Promise<OrFailure<{ readonly found: Callable | undefined }>>;
  /** Whether the account may call each of these models; `onAnswer` hears each answer as it comes. */
  modelAccess(
    modelIds: readonly string[],
    target: Target,
    signal: CancelSignal,
    onAnswer: (modelId: string, access: ModelAccess) => void,
  ): Promise<OrFailure<{ readonly asked: number }>>;
  /** Prompts of Prompt Management, or the versions of one. These three take no API keys, and reject for nothing that the world can refuse. */
  listStored(
    id: string | undefined,
    target: Target,
    signal: CancelSignal,
  ): Promise<OrFailure<OfStore<{ readonly prompts: readonly StoredSummary[] }>>>;
  getStored(id: string, version: string, target: Target, signal: CancelSignal): Promise<OrFailure<OfStore<StoredPrompt>>>;
  /** Writes the draft, or makes a prompt where `id` is `undefined`; then, where it is wished, a version of it. */
  saveStored(
    id: string | undefined,
    prompt: JsonObject,
    asVersion: boolean,
    target: Target,
    signal: CancelSignal,
  ): Promise<OrFailure<OfStore<StoredPrompt>>>;
  disposeClients(): void;
}

/** The emulator as a process of its own. */
export interface EmulatorPort extends vscode.Disposable {
  /** Its address; started if it is not running. Rejects with a sentence when it cannot be started. */
  start(port: number): Promise<string>;
  stop(): Promise<void>;
  readonly url: string | undefined;
  readonly onDidChange: vscode.Event<void>;
}

/** A program of ours in a thread of its own. */
export interface Thread {
  post(message: unknown): void;
  stop(): void;
}

/** Starts the indexer; `failed` is told once when it cannot go on. */
export type StartThread = (heard: (message: unknown) => void, failed: (error: Error) => void) => Thread;

/** A keyed hash and the name of its key. */
export interface KeyedHash {
  readonly name: string;
  digest(text: string): string;
}

/** By which a change of a file is seen. */
export type FileState = Pick<FileFacts, 'bytes' | 'modified'>;

/** The folder of the history, by the system's own files. All reject with its errors; a file that is missing reads as empty. */
export interface HistoryFolder {
  list(): Promise<readonly FileFacts[]>;
  read(name: string): Promise<string>;
  /** The lines of a file in which a text stands; most of a file is never made a text. */
  lines(name: string, mark: string): Promise<readonly string[]>;
  /** The line is there as a whole, on a line of its own, or not at all. */
  append(name: string, line: string): Promise<{ readonly before: FileState; readonly after: FileState }>;
  replace(name: string, text: string): Promise<void>;
  /** Overwrites lines with blanks where they stand; gives how many. */
  blank(name: string, isMeant: (line: string) => boolean): Promise<number>;
  rename(name: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** By the key of this installation. */
  hash(): Promise<KeyedHash>;
}

/** Lines by day, in files that all windows of the editor write to. */
export interface LedgerPort {
  /** Adds a line to a day, named as `2026-11-28`. Rejects where the disk refuses. */
  append(day: string, line: string): Promise<void>;
  /** All lines of a day, of every window. */
  read(day: string): Promise<string>;
}

/** What only a machine with a disk and a network can tell. */
export interface MachinePort {
  /** Is it our emulator that listens at this address? Only addresses of this machine are asked. */
  probeEmulator(url: string): Promise<boolean>;
  /** Lets the emulator at this address forget its cache; `false`: it did not say that it has. Only addresses of this machine are asked. */
  clearEmulator(url: string): Promise<boolean>;
  /** The path with every symbolic link resolved, or `undefined` where there is no such file. */
  realPath(path: string): Promise<string | undefined>;
}
