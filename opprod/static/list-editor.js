export function startListEditors() {}
