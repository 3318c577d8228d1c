// All that runs on AWS Lambda, for a test file of its own.
import { isFinal, logs } from './answers.mjs';
import { Aws } from './aws.mjs';
import { Client } from './client.mjs';
import { HttpApi, LambdaEnvironment, WorkerFunction } from './lambda.mjs';
import { Site } from './site.mjs';
import { until } from './wait.mjs';

export const workerName = 'rolecall-worker';

// Boards, a database, AWS, the API function behind an HTTP API, and the worker function; a server on the same database
// reads lines from the table, and works on nothing.
export class Cloud {
  static async start({ companies = 3, jobs = 12, settings = {}, ...options } = {}) {
    const cloud = new Cloud();
    try {
      cloud.aws = await Aws.start();
      cloud.site = await Site.start({ companies, jobs, workers: 0 });
      const { site, aws } = cloud;
      await site.followAll();
      cloud.environment = { ...site.environment, ...aws.environment, ...settings };
      cloud.worker = new WorkerFunction({ aws, environment: cloud.environment, ...options });
      cloud.lambda = await LambdaEnvironment.start({ handler: 'api',
        environment: { ...cloud.environment, WORKER_FUNCTION_NAME: workerName } });
      cloud.front = await HttpApi.start(cloud.lambda);
      cloud.client = new Client(cloud.front, site.token);
      cloud.anybody = new Client(cloud.front);
      return cloud;
    } catch (error) {
      await cloud.stop().catch(() => {});
      throw error;
    }
  }

  // As long as the API function says that it goes on.
  untilOver(runId) {
    return until(`run ${runId} is over`, async () => {
      const now = await this.site.runOf(runId, this.client);
      return isFinal(now.status) ? now : null;
    }, 180);
  }

  async linesOf(runId, client = this.client) {
    const all = [];
    for (;;) {
      const { logs: more } = await client.get(
        `/api/ingestion/logs/${runId}?after=${all.at(-1)?.id ?? 0}&limit=1000`, logs);
      if (more.length === 0) return all;
      all.push(...more);
    }
  }

  // The lines that CloudWatch has of a run, each with its place.
  linesInCloud(runId) {
    return (this.aws.groups.get(this.worker.group) ?? []).filter(({ message }) => message.includes(`run_id=${runId}]`));
  }

  async stop() {
    const failures = [];
    const attempt = async (step) => { try { await step(); } catch (error) { failures.push(error); } };
    this.site?.gateway?.open();
    await attempt(() => this.front?.stop());
    await attempt(() => this.lambda?.stop());
    await attempt(() => this.worker?.stop());
    await attempt(() => this.aws?.stop());
    await attempt(() => this.site?.stop());
    if (failures.length > 0) throw failures[0];
  }
}
