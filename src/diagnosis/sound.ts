import type { Observation } from '../observation.ts';
import { replyText } from '../smtp/reply.ts';
import type { Expectations } from './expectations.ts';
import { isRewritten, recognise } from './protocols.ts';

/**
 * Whether a banner probe with nothing more to judge than a greeting and a farewell has found nothing. It says so only
 * where `diagnose` finds nothing either: a healthy server need not wait for the rest of the diagnosis to be loaded.
 */
export function isSound(seen: Observation, wanted: Expectations): boolean {
  const { end, greeting, farewell, tls, ehlo, starttls, auth, envelope, tlsLook, plainLook } = seen;
  if (wanted.beyondGreeting || wanted.expectBanner !== null) return false;
  if (wanted.latencyWarn !== null || wanted.latencyFail !== null) return false;
  if (end ?? tls ?? ehlo ?? starttls ?? auth ?? envelope ?? tlsLook ?? plainLook) return false;
  if (seen.deviations.length > 0 || seen.steps.some(({ step, status }) => status !== 'done' && step !== 'resolve'))
    return false;
  if (greeting?.code !== 220 || farewell?.code !== 221) return false;
  const text = replyText(greeting);
  return recognise(text) === null && !isRewritten(text);
}
