/** What kind of library the first bytes of a file announce. `machine`: the number of the processor in ELF's own list. */
export type Elf = 'NotElf' | '32-bit' | { readonly machine: number };

/** x86-64 in ELF's list of processors (gabi.xinuos.com, "e_machine"). */
export const x86Machine = 62;

/** Reads the beginning of an ELF file (elf(5)): magic, class in byte 4, byte order in byte 5, machine in bytes 18 and 19. */
export const readElf = (head: Uint8Array): Elf => {
  const [m0, m1, m2, m3, wordSize, order] = head;
  const [a, b] = head.subarray(18, 20);
  if (m0 !== 0x7f || m1 !== 0x45 || m2 !== 0x4c || m3 !== 0x46 || a === undefined || b === undefined) return 'NotElf';
  if (wordSize === 1) return '32-bit';
  return { machine: order === 2 ? a * 256 + b : b * 256 + a };
};
