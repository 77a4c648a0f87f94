// What the last resort says.
export const words = {
  th: {
    text: 'สร้างไฟล์เข้ารหัสที่มีทุกอย่างที่ยังไม่ได้ส่ง แล้วนำไฟล์ไปให้สำนักงาน มีเพียงสำนักงานที่เปิดได้ ไม่มีอะไรถูกลบจากแท็บเล็ต',
    forgotten:
      'ถ้าลืมรหัส PIN ไม่มีใครเรียกคืนได้ นำไฟล์ไปให้สำนักงานก่อน แล้วผู้ควบคุมงานจะล้างแอปและลงทะเบียนใหม่ให้',
    make: 'สร้างไฟล์ให้สำนักงาน',
    made: (count, name) => `บันทึก ${count} รายการไว้ในไฟล์ ${name} แล้ว อยู่ในโฟลเดอร์ดาวน์โหลด`,
    nothing: 'ทุกอย่างส่งแล้ว ไม่มีอะไรต้องใส่ในไฟล์',
    startOver: 'ล้างแล้วเริ่มใช้แท็บเล็ตใหม่',
    startOverText: 'ไม่มีอะไรค้างส่ง แท็บเล็ตนี้จึงเริ่มใหม่ได้ ต้องมีสัญญาณและรหัสผ่าน',
  },
  en: {
    text: 'Make an encrypted file with everything that is not sent yet, and bring it to the office. Only the office can open it. Nothing is deleted from the tablet.',
    forgotten:
      'A forgotten PIN cannot be recovered by anybody. Bring the file to the office first; your supervisor then clears the app and registers it again.',
    make: 'Make a file for the office',
    made: (count, name) => `${count} records are in the file ${name}, in the downloads folder.`,
    nothing: 'Everything is sent: there is nothing to put into a file.',
    startOver: 'Clear the tablet and begin anew',
    startOverText:
      'Nothing is unsent, so this tablet can begin anew. It needs a network and your password.',
  },
};
