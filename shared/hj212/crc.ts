/**
 * The checksums seen on HJ 212 lines, over the data segment's bytes. The standard's own (HJ 212-2017 annex A) puts each
 * byte to the register's high half and throws the low half away; it is not Modbus, which some devices send all the same.
 */

const POLYNOMIAL = 0xa001;

function shifted(register: number): number {
  let value = register;
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? (value >> 1) ^ POLYNOMIAL : value >> 1;
  return value;
}

/** Of every value that the register can have in a step: one look for each byte. */
const STEPS = Uint16Array.from({ length: 0x10000 }, (_, value) => shifted(value));

/** The standard's checksum (0 to 0xFFFF); of nothing it is 0xFFFF. Only 256 values occur, so a right one proves little. */
export function crcOf(bytes: Uint8Array): number {
  let register = 0xffff;
  for (const byte of bytes) register = STEPS[(register >> 8) ^ byte] ?? 0;
  return register;
}

/** CRC-16/Modbus, which a device with that fault sends. */
export function modbusOf(bytes: Uint8Array): number {
  let register = 0xffff;
  for (const byte of bytes) register = (register >> 8) ^ (STEPS[(register ^ byte) & 0xff] ?? 0);
  return register;
}

/** Four hexadecimal digits, as they are sent. */
export const hexOf = (crc: number): string => crc.toString(16).toUpperCase().padStart(4, '0');
