import { disposeClients } from '../../../../src/aws/clients';
import { quickBackOff } from './calls';
import { startRawBedrock, type RawBedrock } from './rawBedrock';

/** Gives the suite that this stands in a service, up while its tests run, and lets calls wait hardly at all before they try again. */
export const useQuickService = (use: (server: RawBedrock) => void): void => {
  let close: () => Promise<void>;
  let restore: () => void;
  before(async () => {
    const server = await startRawBedrock();
    close = () => server.close();
    restore = quickBackOff();
    use(server);
  });
  after(async () => {
    restore();
    disposeClients();
    await close();
  });
};
