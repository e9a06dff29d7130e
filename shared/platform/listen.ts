import type { Server } from 'node:http';
import { ConfigError } from './config';

/**
 * Listens at the port and address of these settings. Resolves once it does.
 * @throws ConfigError naming the setting
 */
export function listen(server: Server, setting: 'PORT' | 'METRICS_PORT', port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => {
      const reason = reasons[error.code ?? ''];
      reject(reason ? new ConfigError(`${reason(setting, port, host)} (${error.code})`, { cause: error }) : error);
    };
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

const noAddress = (_setting: string, _port: number, host: string) => `HOST: ${host} is no address of this machine`;

const reasons: Record<string, (setting: string, port: number, host: string) => string> = {
  EADDRINUSE: (setting, port, host) => `${setting}: something else listens at port ${port} of ${host}`,
  EACCES: (setting, port) => `${setting}: this user may not listen at port ${port}`,
  EADDRNOTAVAIL: noAddress,
  ENOTFOUND: noAddress,
};
