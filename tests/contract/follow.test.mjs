// Following a company by its board.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { kinds } from './support/answers.mjs';
import { Site } from './support/site.mjs';
import { wholeSuite } from './support/wait.mjs';

describe('following', { timeout: wholeSuite }, () => {
  let site;
  before(async () => { site = await Site.start({ companies: 2, jobs: 8 }); });
  after(() => site?.stop());

  it('tells anybody which kinds of boards there are', async () => {
    const all = await site.anybody.get('/api/ingestion/kinds', kinds);

    for (const [kind, title, hint] of [['greenhouse', 'Greenhouse', 'greenhouse.io'], ['workday', 'Workday', 'wdN/site']]) {
      const one = all.find((other) => other.kind === kind);
      assert.equal(one?.title, title);
      assert.ok(one.token_hint.includes(hint), one.token_hint);
    }
  });
});
