import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadConfig } from '../../shared/platform/config';
import { configSchema } from '../../shared/platform/config-schema';
import { projectRoot } from '../../shared/platform/project-root';

interface Service {
  profiles?: string[];
  image: string;
  restart?: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string | number>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck: { test: string[] };
  ports?: string[];
  volumes?: string[];
  networks?: string[];
}

interface Compose {
  networks: Record<string, { internal: boolean }>;
  services: Record<'migrate' | 'api' | 'workers' | 'mongo' | 'redis', Service>;
  volumes: Record<string, unknown>;
}

const read = (name: string) => readFileSync(join(projectRoot, name), 'utf8');
const compose: Compose = parse(read('docker-compose.yml'), { merge: true });
const { migrate, api, workers, mongo, redis } = compose.services;
const always = Object.entries(compose.services).filter(([, { profiles }]) => profiles === undefined);
const dockerfile = read('Dockerfile').split('\n');
const secrets = ['JWT_SECRET', 'QUEUE_TOKEN_SECRET', 'ADMIN_PASSWORD'];

test('five services, and the three of ours come from one image', () => {
  expect(always.map(([name]) => name).sort()).toEqual(['api', 'migrate', 'mongo', 'redis', 'workers']);
  for (const { image, build } of [workers, migrate]) expect([image, build]).toEqual([api.image, api.build]);
});

test('migrations run on the database of the others, once MongoDB is well, and end', () => {
  expect(migrate.environment).toEqual({ MONGODB_URI: api.environment?.MONGODB_URI });
  expect(migrate.depends_on).toEqual({ mongo: { condition: 'service_healthy' } });
  expect(migrate.restart).toBe('on-failure');
});

describe.each(['api', 'workers'] as const)('environment of %s', (name) => {
  const environment = compose.services[name].environment ?? {};

  test('every variable is a setting', () => {
    for (const variable of Object.keys(environment)) expect(Object.keys(configSchema.shape)).toContain(variable);
  });

  test('secrets come from outside, under the same name, and compose refuses to start without them', () => {
    for (const secret of secrets) expect(environment[secret]).toMatch(new RegExp(`^\\$\\{${secret}:\\?.+\\}$`));
  });

  test('with secrets filled in it is a configuration that starts', () => {
    const given = Object.entries(environment).map(([variable, value]) => [
      variable,
      secrets.includes(variable) ? 'a secret that is long enough for all' : String(value),
    ]);
    expect(loadConfig(Object.fromEntries(given))).toMatchObject({ NODE_ENV: 'production', SIGN_IN: false });
  });

  test('the stores are those of this file', () => {
    const mongodb = new URL(String(environment.MONGODB_URI));
    expect(mongodb.host).toBe('mongo:27017');
    expect(mongodb.searchParams.get('replicaSet')).toBe(replicaSet());
    expect(new URL(String(environment.REDIS_URL)).hostname).toBe('redis');
  });

  test('it waits until both stores are well and the migrations have run', () => {
    const well = { condition: 'service_healthy' };
    const ran = { condition: 'service_completed_successfully' };
    expect(compose.services[name].depends_on).toEqual({ mongo: well, redis: well, migrate: ran });
  });
});

test('the replica set is initiated under its name, and reachable under the name of the service', () => {
  const script = mongo.healthcheck.test.join(' ');
  expect(script).toContain(`_id: '${replicaSet()}'`);
  expect(script).toContain("host: 'mongo:27017'");
});

test('Redis writes down what it holds, and never evicts', () => {
  const command = redis.command?.join(' ');
  for (const option of ['--appendonly yes', '--appendfsync everysec', '--maxmemory-policy noeviction'])
    expect(command).toContain(option);
});

test('on demand, Prometheus scrapes both services and Grafana shows the dashboard, from files that are there', () => {
  const onDemand = Object.entries(compose.services).filter(([, { profiles }]) => profiles?.includes('observability'));
  expect(onDemand.map(([name]) => name).sort()).toEqual(['grafana', 'prometheus']);
  const mounted = onDemand.flatMap(([, { volumes = [] }]) => volumes.filter((volume) => volume.startsWith('./')));
  for (const volume of mounted)
    expect([volume, existsSync(join(projectRoot, volume.split(':')[0] ?? ''))]).toEqual([volume, true]);
  const prometheus = parse(read('deploy/prometheus/prometheus.yml'));
  const [scrape] = prometheus.scrape_configs;
  expect(scrape).toMatchObject({
    job_name: 'frontrow',
    dns_sd_configs: [{ names: ['api', 'workers'], port: api.environment?.METRICS_PORT }],
  });
  expect(read('deploy/prometheus/alerts.yml')).toContain(`up{job="${scrape.job_name}"}`);
});

test('each service is checked; health is asked where the service listens', () => {
  for (const [name, { healthcheck }] of always)
    if (name !== 'migrate') expect(healthcheck.test.length).toBeGreaterThan(1);
  expect(api.healthcheck.test.join(' ')).toContain(`127.0.0.1:${api.environment?.PORT}/`);
  expect(workers.healthcheck.test.join(' ')).toContain(`127.0.0.1:${workers.environment?.METRICS_PORT}/`);
  expect(api.ports?.[0]).toMatch(new RegExp(`:${api.environment?.PORT}$`));
});

test('the stores keep their data in named volumes and publish no port', () => {
  for (const { ports, volumes = [] } of [mongo, redis]) {
    expect(ports).toBeUndefined();
    expect(Object.keys(compose.volumes)).toContain(volumes[0]?.split(':')[0]);
  }
});

test('only the services of ours reach the stores, on a network that leads nowhere else', () => {
  expect(compose.networks.stores).toEqual({ internal: true });
  for (const store of [mongo, redis]) expect(store.networks).toEqual(['stores']);
  const others = Object.entries(compose.services).filter(([name]) => !['mongo', 'redis'].includes(name));
  const reach = others.filter(([, { networks }]) => networks?.includes('stores')).map(([name]) => name);
  expect(reach.sort()).toEqual(['api', 'migrate', 'workers']);
});

test('what is published beside the API listens on this machine only', () => {
  for (const [name, { ports = [] }] of Object.entries(compose.services))
    if (name !== 'api') for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
});

test('the lock file says of every package what its bytes are', () => {
  const { packages }: { packages: Record<string, { integrity?: string; link?: boolean }> } = JSON.parse(
    read('package-lock.json'),
  );
  const without = Object.entries(packages).filter(([path, { integrity, link }]) => path !== '' && !integrity && !link);
  expect(without.map(([path]) => path)).toEqual([]);
});

test('images from elsewhere have one exact version, also in the Dockerfile', () => {
  const bases = dockerfile.flatMap((line) => /^FROM (\S+)/.exec(line)?.[1] ?? []);
  expect(bases.length).toBeGreaterThan(1);
  const others = Object.values(compose.services).filter(({ build }) => build === undefined);
  expect(others).toHaveLength(4);
  for (const image of [...others.map(({ image }) => image), ...bases]) expect(image).toMatch(/:v?\d+\.\d+\.\d+/);
});

test('the image runs as a user without rights, and all of its commands are built from an entry that exists', () => {
  const lastStage = dockerfile.slice(dockerfile.findLastIndex((line) => line.startsWith('FROM')));
  expect(lastStage).toContain('USER node');
  const command: string[] = JSON.parse(lastStage.find((line) => line.startsWith('CMD'))?.slice(4) ?? '[]');
  for (const [node, entry = ''] of [command, workers.command ?? [], migrate.command ?? []]) {
    expect(node).toBe('node');
    expect(existsSync(join(projectRoot, entry.replace(/^dist\/(.+)\.js$/, '$1.ts')))).toBe(true);
  }
});

test('what the Dockerfile copies exists and is let through by .dockerignore', () => {
  const copies = dockerfile
    .filter((line) => line.startsWith('COPY') && !line.includes('--from'))
    .map((line) => line.split(' ').slice(1, -1));
  const allowed = read('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'));
  expect(read('.dockerignore')).toMatch(/^\*$/m);
  for (const path of copies.flat()) {
    expect(existsSync(join(projectRoot, path))).toBe(true);
    if (path !== '.') expect(allowed).toContain(`!${path.split('/')[0]}`);
  }
});

function replicaSet(): string | undefined {
  return mongo.command?.[mongo.command.indexOf('--replSet') + 1];
}
