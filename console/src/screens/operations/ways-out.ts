/** Says what one can do about a failure in the console; the rest is done by a command in AWS. Pure. */

/** The screens on which what failed without a queue is looked into. */
export type WayOut = '/roster' | '/tools';

const SCREENS: Readonly<Record<string, WayOut>> = { MailUndelivered: '/roster', QuarantinedWebhooks: '/tools' };

/** Returns the screen for a kind of failure without a queue; undefined if there is none. */
export function screenOf(kind: string): WayOut | undefined {
  return SCREENS[kind];
}

/** Tells whether what lies in a queue can be sent on again; other queues hold what only a person can judge. */
export function redriven({ to_do }: { to_do: string }): boolean {
  return to_do.endsWith('/redrive');
}
