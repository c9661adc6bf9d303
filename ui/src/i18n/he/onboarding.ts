/** The three questions before the first lesson. */
import type { AddressView, GuitarView, HandView } from "../../backend";

type Words = { title: string; text: string };

export const onboarding = {
  go: "ממשיכים",
  back: "חזרה",
  step: ["שאלה ראשונה מתוך שלוש", "שאלה שנייה מתוך שלוש", "שאלה שלישית מתוך שלוש"],

  address: {
    title: "איך לפנות אליך?",
    hint: "רק הניסוח משתנה, ואפשר להחליף.",
    of: {
      masculine: { title: "בלשון זכר", text: "״תעגל את הקמיצה ותפרוט שוב.״" },
      feminine: { title: "בלשון נקבה", text: "״תעגלי את הקמיצה ותפרטי שוב.״" },
      neutral: { title: "בלי מגדר", text: "״כדאי לעגל את הקמיצה ולפרוט שוב.״" },
    } satisfies Record<AddressView, Words>,
  },

  hand: {
    title: "באיזו יד פורטים?",
    hint: "היד השנייה לוחצת על המיתרים.",
    of: {
      right: { title: "יד ימין", text: "גיטרה ימנית" },
      left: { title: "יד שמאל", text: "גיטרה שמאלית. התרשימים מתהפכים." },
    } satisfies Record<HandView, Words>,
    mirror: { title: "תמונת מראה", text: "של המצלמה בלבד, כמו מורה שיושב מולך" },
    doubt: "ספק? כשמנגנים, המיתר העבה הוא הקרוב לתקרה.",
  },

  guitar: {
    title: "איזו גיטרה אצלך?",
    hint: "כך נדע איך היא אמורה להישמע.",
    of: {
      classical: { title: "קלאסית", text: "מיתרי ניילון" },
      acoustic: { title: "אקוסטית", text: "מיתרי מתכת" },
      electric: { title: "חשמלית", text: "גם בלי מגבר" },
    } satisfies Record<GuitarView, Words>,
    privacy: "הקול והתמונה נבדקים כאן במכשיר ולא נשמרים.",
  },
};
