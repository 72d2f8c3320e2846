/** The places where a runner can be, and the systems that it can have; `any` is for what holds in all of them. */
export const PLACES = [
  'github-hosted',
  'docker-compose',
  'systemd',
  'kubernetes',
  'windows',
  'macos',
  'gitlab',
  'container',
] as const;
export type Place = (typeof PLACES)[number];
/** Where a runner is: one place, or all that hold of it, such as a Windows machine of GitHub's; none where nothing is known. */
export type Where = Place | readonly Place[];

export function placesOf(where: Where): readonly Place[] {
  return typeof where === 'string' ? [where] : where;
}
