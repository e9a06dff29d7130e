import { type Signal, signal } from '@preact/signals';

/** The seats that a user has chosen in this tab, by performance. */
interface Choice {
  ids: Signal<readonly string[]>;
  set(ids: readonly string[]): void;
}

const choices = new Map<string, Choice>();
const keyOf = (performanceId: string) => `frontrow.choice.${performanceId}`;

/** In sessionStorage: a reload keeps it, and another tab may choose otherwise. */
export function choiceFor(performanceId: string): Choice {
  const known = choices.get(performanceId);
  if (known) return known;
  const ids = signal<readonly string[]>(read(performanceId));
  const choice: Choice = {
    ids,
    set(next) {
      ids.value = next;
      try {
        sessionStorage.setItem(keyOf(performanceId), JSON.stringify(next));
      } catch {
        // Kept in memory.
      }
    },
  };
  choices.set(performanceId, choice);
  return choice;
}

function read(performanceId: string): string[] {
  try {
    const ids: unknown = JSON.parse(sessionStorage.getItem(keyOf(performanceId)) ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
