import type { HubStatus, PartStatus } from './status.ts';

const escaped = (text: string) => text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);

const states = { closed: '正常 closed', open: '断开 open', 'half-open': '试探 half-open' };

/** Of several processes those that are away are named. */
function readiness({ ready, processes = [] }: Pick<PartStatus, 'ready' | 'processes'>): string {
  const away = processes.filter(process => !process.ready).map(({ address }) => address);
  return [ready ? '就绪 ready' : '未就绪 not ready', ...(away.length ? [`缺 away: ${away.join(', ')}`] : [])].join('; ');
}

/** Why a feed is not being read. */
const notFollowed: Record<string, string> = {
  NO_CREDENTIALS: '未设置服务凭据 no credentials (HUB_SERVICES_SECRET)',
  REFUSED: '凭据或令牌被拒绝 credentials or token refused',
  IDENTITY_AWAY: '身份服务无响应 the identity service is away',
  OWNER_AWAY: '所属子图无响应 its owner is away',
  FAILED: '失败，见日志 failed, see the log',
};

/** The status for a person's eyes, in Chinese and English: no script, nothing from elsewhere. */
export function statusPage({ status, version, uptime, supergraph, subgraphs, identity }: HubStatus): string {
  const facts = [
    ['状态 Status', status === 'ready' ? '就绪 Ready' : '等待 Waiting'],
    ['版本 Version', version],
    ['运行时间 Up', `${Math.floor(uptime / 3600)} h ${Math.floor(uptime / 60) % 60} min ${uptime % 60} s`],
    ['超图 Supergraph', supergraph.hash],
    ['载入时间 Loaded at', supergraph.loadedAt],
  ];
  const rows = [...subgraphs, ...(identity ? [identity] : [])].map(
    ({ name, ready, breaker, processes, database, migrations, feeds = [] }) =>
      `<tr><th scope="row">${escaped(name)}</th>${[
        readiness({ ready, processes }),
        breaker ? states[breaker] : '',
        database ? `PostgreSQL ${database.version}, ${database.connections} (+${database.waiting})` : '',
        migrations ? `${migrations.applied}: ${migrations.last ?? ''}` : '',
        feeds
          .map(({ name, lag, why }) =>
            [name, lag === null ? '–' : `${lag.toFixed(1)} s`, why && notFollowed[why]].filter(Boolean).join(' '),
          )
          .join(', '),
      ]
        .map(text => `<td>${escaped(text)}</td>`)
        .join('')}</tr>`,
  );
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>数据枢纽状态 Hub status</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem }
dd { margin: 0 }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #767676 }
</style>
<main>
<h1>数据枢纽状态 <span lang="en">Hub status</span></h1>
<dl>
${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escaped(value!)}</dd>`).join('\n')}
</dl>
<table>
<caption>子系统 Parts</caption>
<thead><tr><th scope="col">名称 Name</th><th scope="col">就绪 Ready</th><th scope="col">熔断器 Breaker</th><th scope="col">数据库与连接（等待）Database, connections (waiting)</th><th scope="col">迁移 Migrations</th><th scope="col">待读变更 Backlog</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</main>
</html>
`;
}
