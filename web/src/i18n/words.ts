/** English: `1 seat`, `2 seats`. @param text the number as it is to be written */
export const countEn = (n: number, one: string, many = `${one}s`, text = n.toLocaleString('en')) =>
  `${text} ${n === 1 ? one : many}`;

export const countKo = (n: number) => n.toLocaleString('ko');

/** Korean: `1층` is the name of a section as it is; `A` is not. */
export const sectionKo = (name: string) => (/[가-힣]$/.test(name) ? name : `${name}구역`);
