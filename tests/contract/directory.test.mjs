// Known boards by name.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { directory } from './support/answers.mjs';
import { Site } from './support/site.mjs';
import { wholeSuite } from './support/wait.mjs';

const path = '/api/ingestion/directory';

describe('the directory', { timeout: wholeSuite }, () => {
  let site;
  before(async () => { site = await Site.start({ companies: 1, jobs: 3 }); });
  after(() => site?.stop());

  const search = (typed, more = '') => site.client.get(`${path}?q=${encodeURIComponent(typed)}${more}`, directory);

  it('finds a company by a name with a slip, and its letter is there', async () => {
    const [first] = await search('Strpie');
    const letter = await fetch(first.logo_url);

    assert.deepEqual([first.name, first.display_name, first.board, first.token, first.well_known, first.confirmed],
      ['stripe', 'Stripe', 'greenhouse', 'stripe', true, true]);
    assert.equal(letter.status, 200);
    assert.equal(letter.headers.get('content-type'), 'image/svg+xml');
  });

  it('tells at most as many as are asked for, and nothing where nothing is near', async () => {
    const all = await search('data');
    const three = await search('data', '&limit=3');

    assert.equal(all.length, 20);
    assert.deepEqual(three, all.slice(0, 3));
    assert.deepEqual(await search('xqzvwkjq'), []);
  });

  it('refuses what is no name, and says so of q', async () => {
    for (const query of ['', '?q=', '?q=%21%21', '?q=a%00b', '?q=%1B', '?q=%FF%FE', `?q=${'a'.repeat(10_000)}`, '?q=%4',
      '?q=a&limit=0', '?q=a&limit=21']) {
      const { json } = await site.client.refused(422, 'GET', path + query);
      assert.deepEqual(json.detail[0].loc, ['query', query.includes('limit') ? 'limit' : 'q'], query.slice(0, 40));
    }
  });
});
