// What the lock says.
export const words = {
  th: {
    title: 'ใส่รหัส PIN',
    lead: 'แท็บเล็ตล็อกอยู่ งานที่ทำไว้บันทึกแล้ว',
    pin: 'รหัส PIN',
    open: 'เปิด',
    opening: 'กำลังเปิด',
    wrong: 'รหัส PIN ไม่ถูกต้อง',
    wait: (text) => `รหัสผิดหลายครั้ง ลองอีกครั้งในอีก ${text}`,
    minutes: (minutes, seconds) => (minutes ? `${minutes} นาที ${seconds} วินาที` : `${seconds} วินาที`),
    forgotten: 'ลืมรหัส PIN หรือส่งไม่ได้',
  },
  en: {
    title: 'Enter your PIN',
    lead: 'The tablet is locked. Your work is saved.',
    pin: 'PIN',
    open: 'Unlock',
    opening: 'Unlocking',
    wrong: 'The PIN is wrong',
    wait: (text) => `Wrong too often. Try again in ${text}.`,
    minutes: (minutes, seconds) => (minutes ? `${minutes} min ${seconds} s` : `${seconds} s`),
    forgotten: 'I forgot the PIN, or nothing can be sent',
  },
};
