/** A text that a person wrote, without the blanks at its ends; empty where nothing of it prints (zero-width signs, say). */
export const written = (text: string): string => (/^[\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(text) ? '' : text.trim());
