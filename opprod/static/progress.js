export function startProgress() {}
