/** What the stand-in for GitHub serves, by the names of GitHub's description. */
export const OPERATIONS = [
  'GET /repos/{owner}/{repo}/issues',
  'POST /repos/{owner}/{repo}/issues',
  'GET /repos/{owner}/{repo}/issues/{issue_number}',
  'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'POST /repos/{owner}/{repo}/labels',
  'GET /repos/{owner}/{repo}/labels/{name}',
  'PATCH /repos/{owner}/{repo}/labels/{name}',
  'DELETE /repos/{owner}/{repo}/labels/{name}',
  'GET /search/issues',
  'GET /user',
] as const;

/** Failures that any operation may answer, whether or not it is said of it. */
export const COMMON: Readonly<Record<number, string>> = {
  401: '#/components/responses/requires_authentication',
  403: '#/components/responses/forbidden',
  404: '#/components/responses/not_found',
  410: '#/components/responses/gone',
  422: '#/components/responses/validation_failed',
  503: '#/components/responses/service_unavailable',
};
