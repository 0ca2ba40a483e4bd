import dns from 'node:dns';

/** Names of others are not found from here on, so that nothing leaves this machine; those that are looked up are noted. */
export const withoutNames = (): { readonly sought: string[]; readonly restore: () => void } => {
  const { lookup } = dns;
  const sought: string[] = [];
  Object.assign(dns, {
    lookup: (name: string, ...rest: unknown[]) => {
      if (/^(127\.|localhost)/.test(name)) return Reflect.apply(lookup, dns, [name, ...rest]) as unknown;
      sought.push(name);
      const callback = rest.at(-1) as (error: Error) => void;
      queueMicrotask(() =>
        callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo' })),
      );
      return undefined;
    },
  });
  return { sought, restore: () => void Object.assign(dns, { lookup }) };
};
