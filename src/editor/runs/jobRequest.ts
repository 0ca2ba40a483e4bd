import type { CachePlan } from '../../core/cache/plan';
import { pricesCheckedOf } from '../../core/money/oldPrices';
import type { ConverseRequest, WireCall } from '../../core/request/types';
import { startRecord, type RunRecord } from '../../core/runs/record';
import type { EnginePort } from '../ports';
import { fileKey, refKey } from '../promptRef';
import type { RunJob } from './runJob';
import { describeTarget } from './target';

/** What a job asks: as the analysis sees it, for predictions and lessons, and as it is sent. They differ where a file is not as the API has it. */
export interface JobRequest {
  readonly modeled: ConverseRequest;
  readonly sent: WireCall;
}

/** What has no text at its beginning is sent as it is: the command has said so before. */
const coldOf = ({ modeled, sent }: JobRequest, line: string, engine: EnginePort): JobRequest => {
  const { coldCall, coldRequest } = engine();
  return { modeled: coldRequest(modeled, line) ?? modeled, sent: coldCall(sent, line) ?? sent };
};

/** The request of a job with its values, its tags and its line that no other request has. */
export const jobRequest = (job: RunJob, engine: EnginePort): JobRequest => {
  const { prompt, plan } = job.analysis;
  const { buildRequest, planRequest, runValues, wireCall, withTags } = engine();
  const values = runValues(prompt.header.variables, job.values);
  const call = wireCall(prompt, values, plan.modelId, plan.door);
  const plain = {
    modeled: { ...buildRequest(prompt, values), modelId: plan.modelId },
    sent: job.tag === undefined ? call : withTags(call, { prompt: job.tag, ...planRequest(job.analysis, job.values) }),
  };
  return job.coldLine === undefined ? plain : coldOf(plain, job.coldLine, engine);
};

/** The record with which a call of a job begins; `plan` is that of what is sent. */
export const recordOf = (
  job: RunJob,
  sent: WireCall,
  plan: CachePlan,
  call: Pick<RunRecord, 'id' | 'pair' | 'startedAt' | 'prediction' | 'batch'>,
): RunRecord =>
  startRecord({
    ...call,
    file: job.file,
    subject: refKey(job.ref),
    prompt: { document: fileKey(job.ref.uri), id: job.ref.id },
    row: job.row,
    region: job.target.region,
    api: sent.api,
    ...(job.coldLine === undefined ? {} : { coldLine: job.coldLine }),
    modelId: sent.modelId,
    modelName: plan.model?.name ?? sent.modelId,
    service: job.target.service,
    door: plan.door,
    endpoint: describeTarget(job.target),
    prices: plan.prices,
    ...(plan.model === undefined
      ? {}
      : { caching: plan.model.caching, pricesChecked: pricesCheckedOf(plan.model), priceFactor: plan.model.priceFactor }),
  });
