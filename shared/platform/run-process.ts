import { format } from 'node:util';
import { ConfigError } from './config';
import { StoreError } from './explain-store';
import { createLogger, type Logger } from './logger';

/** What libraries write to the console, by the level that it is logged at. */
const consoleLevels = { debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'warn' } as const;

/**
 * Runs the entry of a process, so that every line that it writes is JSON: what libraries say, Node's warnings, and why it
 * did not start or came to an end of itself.
 */
export function runProcess(name: string, main: () => Promise<void>): void {
  const logger = createLogger(name, levelOf(process.env.LOG_LEVEL));
  logInsteadOfConsole(logger);
  const end = (message: string, error: unknown) => {
    const isExplained = error instanceof StoreError || error instanceof ConfigError;
    const reason = (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*(- )?/g, ' ');
    logger.fatal(isExplained ? {} : { error }, `${message}: ${reason}`);
    process.exit(1);
  };
  // Rejections that nobody handles come here too.
  process.on('uncaughtException', (error) => end('ended by an error that nobody handled', error));
  main().catch((error: unknown) => end('not started', error));
}

/** The reason why a process ends is worth a line at any level. */
function levelOf(level = 'info'): string {
  return ['trace', 'debug', 'info', 'warn', 'error'].includes(level) ? level : level === 'silent' ? 'fatal' : 'info';
}

function logInsteadOfConsole(logger: Logger): void {
  // Node's own listener writes text.
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => logger.warn({ warning: name }, message));
  for (const [method, level] of Object.entries(consoleLevels))
    console[method as 'log'] = (...values: unknown[]) => logger[level](format(...values).replaceAll(/\s*\n\s*/g, ' '));
}
