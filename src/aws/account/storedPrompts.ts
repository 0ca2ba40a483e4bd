import { serviceText } from '../../core/messages/serviceText';
import {
  BedrockAgentClient,
  CreatePromptCommand,
  CreatePromptVersionCommand,
  GetPromptCommand,
  ListPromptsCommand,
  UpdatePromptCommand,
} from '@aws-sdk/client-bedrock-agent';
import type { CreatePromptRequest, GetPromptResponse, PromptSummary, UpdatePromptRequest } from '@aws-sdk/client-bedrock-agent';
import type { OrFailure } from '../../core/runs/account';
import type { CancelSignal } from '../../core/runs/cancel';
import type { Target } from '../../core/runs/port';
import type { OfStore, StoredPrompt, StoredSummary } from '../../core/runs/storedPrompts';
import type { JsonObject } from '../../core/text/json';
import { resolveIdentity } from '../identity';
import { pages, token } from './pages';
import { inSession, type Session } from './session';

const summaryOf = (response: Partial<PromptSummary>): StoredSummary | undefined => {
  const { id, arn, name, description = '', version = 'DRAFT', updatedAt } = response;
  if (id === undefined || arn === undefined || name === undefined) return undefined;
  return { id, arn, name, description, version, updatedAt: updatedAt?.getTime() ?? 0 };
};

/** What came over the wire as JSON, without what the SDK or the service adds to it. */
const contentOf = ({ name, description, customerEncryptionKeyArn, defaultVariant, variants }: Partial<GetPromptResponse>): JsonObject =>
  JSON.parse(JSON.stringify({ name, description, customerEncryptionKeyArn, defaultVariant, variants })) as JsonObject; // what JSON writes

const storedOf = (response: Partial<GetPromptResponse>): StoredPrompt => {
  const summary = summaryOf(response);
  if (summary === undefined) throw new Error(serviceText.withoutId);
  return { ...summary, prompt: contentOf(response) };
};

type Work<T> = (client: BedrockAgentClient, session: Session) => Promise<T>;

const inStore = async <T>(
  target: Target,
  signal: CancelSignal,
  work: Work<T>,
  options: { readonly writes?: boolean; readonly about?: string } = {},
): Promise<OrFailure<OfStore<T>>> => {
  if (resolveIdentity(target).kind === 'bearer') return { refused: 'apiKey' };
  return inSession(target, signal, (config) => new BedrockAgentClient(config), work, { ...options, service: 'bedrock-agent' });
};

/** All prompts of the account in the target's Region; of one of them, by its id, all versions. */
export const listStored = (
  id: string | undefined,
  target: Target,
  signal: CancelSignal,
): Promise<OrFailure<OfStore<{ readonly prompts: readonly StoredSummary[] }>>> =>
  inStore(target, signal, async (client, { send }) => {
    const named = id === undefined ? {} : { promptIdentifier: id };
    const all = await pages(async (nextToken) => {
      const command = new ListPromptsCommand({ maxResults: 100, ...named, ...token(nextToken) });
      const answer = await send((options) => client.send(command, options));
      return { entries: answer.promptSummaries, nextToken: answer.nextToken };
    });
    return { prompts: all.flatMap((one) => summaryOf(one) ?? []) };
  });

/** A prompt with its variants; `version` is `DRAFT` or a number. */
export const getStored = (id: string, version: string, target: Target, signal: CancelSignal): Promise<OrFailure<OfStore<StoredPrompt>>> =>
  inStore(
    target,
    signal,
    async (client, { send }) => {
      const versioned = version === 'DRAFT' ? {} : { promptVersion: version };
      const command = new GetPromptCommand({ promptIdentifier: id, ...versioned });
      return storedOf(await send((options) => client.send(command, options)));
    },
    { about: id },
  );

/**
 * Writes the draft of a prompt, or makes a prompt where `id` is `undefined`; then, if it is wished, a version of it. Tried once. Gives the draft, or the
 * version.
 */
export const saveStored = (
  id: string | undefined,
  prompt: JsonObject,
  asVersion: boolean,
  target: Target,
  signal: CancelSignal,
): Promise<OrFailure<OfStore<StoredPrompt>>> =>
  inStore(
    target,
    signal,
    async (client, { send }) => {
      // The service checks its form; what it takes is decided there.
      const create = new CreatePromptCommand(prompt as unknown as CreatePromptRequest);
      const update = new UpdatePromptCommand({ ...(prompt as unknown as UpdatePromptRequest), promptIdentifier: id });
      const draft = storedOf(await send((options) => (id === undefined ? client.send(create, options) : client.send(update, options))));
      if (!asVersion) return draft;
      const version = new CreatePromptVersionCommand({ promptIdentifier: draft.id });
      return storedOf(await send((options) => client.send(version, options)));
    },
    { writes: true, about: id ?? '' },
  );
