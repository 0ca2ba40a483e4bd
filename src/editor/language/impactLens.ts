import * as vscode from 'vscode';
import type { DocumentAnalysis, PromptAnalysis } from '../../core/analysis';
import type { Impact } from '../../core/change/editImpact';
import type { Baseline } from '../../core/messages/impactText';
import type { PromptId } from '../../core/prompt/model';
import { recent } from '../../core/text/recent';
import { span, touches } from '../../core/text/span';
import { labelText, visible } from '../../core/text/visible';
import { offsetOf, rangeOf, toRange } from '../documents/convert';
import { promptSelector } from '../documents/promptSelector';
import { debounce } from '../debounce';
import type { Analyses, FeatureDeps } from '../feature';
import type { KeepsKeys } from '../movedKeys';
import { refKey, type PromptRef } from '../promptRef';
import type { HeadPort } from '../documents/gitHead';
import { createHeadVersions, type HeadDeps, type PromptFile } from '../documents/headVersions';
import { toHover } from './markdown';
import { guarded } from '../workspace/log';

/** Prompts that were run are remembered up to this number, the latest ones. */
const maxRuns = 10;

/** An impact that costs something, and since when. */
interface Loss {
  readonly baseline: Baseline;
  readonly impact: Impact;
  /** Offset of the first difference. */
  readonly start: number;
}

/** What edits did to a prompt, by what it is compared with. */
export interface Compared {
  readonly baseline: Baseline;
  readonly impact: Impact;
}

interface PromptImpacts {
  readonly ref: PromptRef;
  readonly impacts: readonly Compared[];
}

/** Says what an edit does to the cache, at its first difference. */
export interface EditImpact extends vscode.Disposable, KeepsKeys {
  /** A run of this prompt has finished: what it sent is the text to compare with from now on. */
  ran(ref: PromptRef, analysis: PromptAnalysis): void;
  /** What edits did to a prompt of a file, open or not, the last run first. */
  of(file: PromptFile, after: PromptAnalysis): readonly Compared[];
  /** There may be something else to compare with. */
  readonly onDidChange: vscode.Event<void>;
}

/** What it needs of the editor's features. */
export interface ImpactDeps extends HeadDeps, Pick<FeatureDeps, 'engine' | 'formats'> {
  readonly documents: Pick<FeatureDeps['documents'], 'formatOf'>;
  readonly settings: Pick<FeatureDeps['settings'], 'read' | 'onDidChange'>;
  readonly store: Pick<Analyses, 'read' | 'isComplete'> & {
    readonly onDidChange: vscode.Event<unknown>;
    get(document: vscode.TextDocument): Pick<DocumentAnalysis, 'prompts'> | undefined;
  };
}

/** The same difference with the same effect needs to be told once. */
const isSame = (a: Impact, b: Impact): boolean =>
  a.change.kind === b.change.kind && a.at?.start === b.at?.start && a.lostTokens.likely === b.lostTokens.likely;

/** "This edit invalidates 8,412 cached tokens since the last run", above the first difference and in a hover there. */
export const registerEditImpact = (deps: ImpactDeps, head: HeadPort): EditImpact => {
  const { store, settings, formats, log } = deps;
  const heads = createHeadVersions(deps, head);
  const runs = recent<string, PromptAnalysis>(maxRuns);
  const changed = new vscode.EventEmitter<void>();
  /** By the later analysis, then by the earlier one: both are made again when anything changes. */
  const known = new WeakMap<PromptAnalysis, WeakMap<PromptAnalysis, Impact>>();

  const impactOf = (before: PromptAnalysis, after: PromptAnalysis): Impact => {
    const own = known.get(after) ?? new WeakMap<PromptAnalysis, Impact>();
    known.set(after, own);
    const impact = own.get(before) ?? deps.engine().editImpact(before, after);
    own.set(before, impact);
    return impact;
  };
  /** What a prompt is compared with, the last run first. */
  const baselinesOf = (file: PromptFile, id: PromptId): readonly (readonly [Baseline, PromptAnalysis])[] => {
    const { uri } = file;
    const which = settings.read(uri).editImpact;
    const run = which === 'run' || which === 'both' ? runs.get(refKey({ uri, id })) : undefined;
    const git = which === 'git' || which === 'both' ? heads.get(file, id) : undefined;
    return [...(run === undefined ? [] : [['run', run] as const]), ...(git === undefined ? [] : [['git', git] as const])];
  };
  const compared = (file: PromptFile, after: PromptAnalysis): readonly Compared[] =>
    baselinesOf(file, after.id).map(([baseline, before]) => ({ baseline, impact: impactOf(before, after) }));
  /** What edits did to each prompt of a document. */
  const impactsOf = (document: vscode.TextDocument): readonly PromptImpacts[] => {
    const prompts = store.get(document)?.prompts ?? [];
    // While files are being read their text is missing, and would seem to have been removed.
    if (!store.isComplete(document)) return [];
    const { uri, languageId } = document;
    const format = deps.documents.formatOf(document);
    if (format === undefined) return [];
    return prompts.map((after) => ({ ref: { uri, id: after.id }, impacts: compared({ uri, languageId, format }, after) }));
  };
  const lossOf = ({ baseline, impact }: Compared): readonly Loss[] =>
    impact.lost.length === 0 ? [] : [{ baseline, impact, start: impact.at?.start ?? 0 }];

  const lenses = (document: vscode.TextDocument): vscode.CodeLens[] => {
    if (!settings.read(document.uri).codeLens) return [];
    return impactsOf(document).flatMap(({ ref, impacts }) =>
      // Calls with the text of the last run have filled the cache, so it counts where there is one.
      impacts
        .slice(0, 1)
        .flatMap(lossOf)
        .flatMap(({ baseline, impact, start }) => {
          const range = rangeOf(document, span(start, start));
          if (range === undefined) return [];
          const [title = '', ...details] = deps.engine().impactHover(impact, baseline, formats);
          const tooltip = visible(details.join('\n'));
          const command = { title: labelText(title), command: 'cachepoint.openPanel', tooltip, arguments: [ref] };
          return [new vscode.CodeLens(range, command)];
        }),
    );
  };
  const hover = (document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined => {
    const offset = offsetOf(document, position);
    const [first, ...others] = impactsOf(document)
      .flatMap(({ impacts }) => impacts)
      .flatMap(lossOf)
      .filter(({ impact, start }) => {
        // One character is hard to point at: its word counts too.
        const at = rangeOf(document, span(start, start));
        const word = at && document.getWordRangeAtPosition(at.start);
        return touches(impact.at ?? span(start, start), offset) || word?.contains(position) === true;
      });
    if (first === undefined) return undefined;
    const told = [first, ...others.filter(({ impact }) => !isSame(impact, first.impact))];
    const lines = told.flatMap(({ impact, baseline }) => deps.engine().impactHover(impact, baseline, formats));
    return toHover(lines, toRange(document, span(first.start, first.impact.at?.end ?? first.start)));
  };

  const telling = debounce(() => changed.fire());
  const schedule = (): void => telling.soon();
  const registered = vscode.Disposable.from(
    changed,
    heads,
    heads.onDidChange(schedule),
    store.onDidChange(schedule),
    settings.onDidChange(schedule),
    vscode.languages.registerCodeLensProvider(promptSelector, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) => guarded(log, 'Edit impact', () => lenses(document), []),
    }),
    vscode.languages.registerHoverProvider(promptSelector, {
      provideHover: (document, position) => guarded(log, 'Edit impact', () => hover(document, position), undefined),
    }),
    telling,
  );
  return {
    ran(ref, analysis) {
      runs.set(refKey(ref), analysis);
      schedule();
    },
    moveKeys(move) {
      runs.rekey(move);
      schedule();
    },
    of: compared,
    onDidChange: changed.event,
    dispose: () => registered.dispose(),
  };
};
