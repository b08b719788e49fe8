export function watchForms() {}
