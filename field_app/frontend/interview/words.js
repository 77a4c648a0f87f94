// What the app says around an interview.

export const words = {
  th: {
    title: 'แบบสอบถาม',
    opening: 'กำลังเปิดแบบสอบถาม…',
    notHere: {
      household: 'ไม่มีครัวเรือนนี้ในแท็บเล็ต',
      questionnaire: 'ยังไม่มีแบบสอบถามในแท็บเล็ต เชื่อมต่อแล้วซิงก์ก่อน',
      correction: 'คำตอบเดิมยังมาไม่ถึงแท็บเล็ต เชื่อมต่อแล้วซิงก์ก่อน',
    },
    sync: 'ไปที่หน้าซิงก์',
    toHousehold: 'กลับไปที่ครัวเรือน',
    finished: {
      title: 'จบแบบสอบถามแล้ว',
      kept: 'เก็บไว้ในแท็บเล็ตนี้แล้ว จะส่งถึงสำนักงานเมื่อมีสัญญาณ',
      household: 'ครัวเรือน',
      persons: 'ผู้อยู่ประจำ',
      personCount: (count) => `${count} คน`,
      photos: 'ภาพถ่าย',
      photoCount: (count) => `${count} ภาพ`,
      at: 'เวลาที่จบ',
      practice: 'แบบฝึกหัด ไม่นับรวม',
    },
  },
  en: {
    title: 'Questionnaire',
    opening: 'Opening the questionnaire…',
    notHere: {
      household: 'This household is not on the tablet',
      questionnaire: 'No questionnaire is on the tablet yet: connect and sync first',
      correction: 'The answers before are not on the tablet yet: connect and sync first',
    },
    sync: 'To the sync page',
    toHousehold: 'Back to the household',
    finished: {
      title: 'The form is finished',
      kept: 'It is kept on this tablet, and goes to the office as soon as there is a network.',
      household: 'Household',
      persons: 'Usual residents',
      personCount: (count) => String(count),
      photos: 'Photos',
      photoCount: (count) => String(count),
      at: 'Finished at',
      practice: 'Practice: it counts nowhere',
    },
  },
};
