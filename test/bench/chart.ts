import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Findings } from './findings.ts';
import { figure } from './goals.ts';
import { inPeers } from './install-peers.ts';
import { works } from './work.ts';

/** A package of the peers' folder. */
const fromPeers = (name: string) => import(pathToFileURL(createRequire(inPeers('package.json')).resolve(name)).href);

/** CPU of each gateway for each work as an SVG, on a logarithmic scale: the works lie three powers of ten apart. */
export async function drawChart(findings: Findings): Promise<string> {
  const [vega, vegaLite] = await Promise.all([fromPeers('vega'), fromPeers('vega-lite')]);
  const values = works.flatMap(work =>
    findings.contestants.flatMap(contestant => {
      const milliseconds = figure(findings, work, contestant, 'gatewayCpu');
      return milliseconds ? [{ work: `(${work.key}) ${work.title}`, gateway: contestant.name, milliseconds }] : [];
    }),
  );
  const spec = {
    data: { values },
    facet: {
      row: {
        field: 'work',
        title: null,
        header: { labelAngle: 0, labelAlign: 'left', labelOrient: 'top', labelFontWeight: 'bold' },
      },
    },
    spec: {
      width: 560,
      mark: 'bar',
      encoding: {
        y: { field: 'gateway', title: null, sort: findings.contestants.map(({ name }) => name) },
        x: { field: 'milliseconds', type: 'quantitative', scale: { type: 'log' }, title: 'CPU of the gateway for a request, ms' },
        color: { condition: { test: "datum.gateway === 'the hub'", value: '#b2182b' }, value: '#8c8c8c' },
      },
    },
    resolve: { scale: { y: 'independent' } },
    background: 'white',
  };
  const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: 'none' });
  return `${await view.toSVG()}\n`;
}
