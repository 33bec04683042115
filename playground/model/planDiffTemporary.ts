export const planNetwork = (..._a: unknown[]) => ({ changes: [], create: 0, change: 0, replace: 0, destroy: 0 });
