// Made from src/projection/codes by `npm run docs`; a test holds it against them. Not written by hand.

RuleSet: Translated
* ^status = #draft
* ^experimental = false
* ^caseSensitive = true
* ^language = #sv

CodeSystem: CaseKindCodeSystem
Id: case-kind
Title: "Kind of case"
Description: "Kind of case."
* insert Translated
* ^content = #complete
* #svu "Samverkan vid utskrivning"
  * ^designation[0].language = #en
  * ^designation[0].value = "Coordination at discharge"

ValueSet: CaseKindValueSet
Id: case-kind
Title: "Kind of case"
Description: "Kind of case."
* ^status = #draft
* ^experimental = false
* include codes from system CaseKindCodeSystem

CodeSystem: SvuStepCodeSystem
Id: svu-step
Title: "Step of coordination at discharge"
Description: "Step of coordination at discharge."
* insert Translated
* ^content = #complete
* #admission-notice "Inskrivningsmeddelande"
  * ^designation[0].language = #en
  * ^designation[0].value = "Admission notice"
* #statement "Ställningstagande"
  * ^designation[0].language = #en
  * ^designation[0].value = "Statement"
* #planned-discharge "Beräknad utskrivning"
  * ^designation[0].language = #en
  * ^designation[0].value = "Planned discharge"
* #ready "Utskrivningsklar"
  * ^designation[0].language = #en
  * ^designation[0].value = "Ready for discharge"
* #discharge "Utskrivning"
  * ^designation[0].language = #en
  * ^designation[0].value = "Discharge"

ValueSet: SvuStepValueSet
Id: svu-step
Title: "Step of coordination at discharge"
Description: "Step of coordination at discharge."
* ^status = #draft
* ^experimental = false
* include codes from system SvuStepCodeSystem

CodeSystem: StepStateCodeSystem
Id: step-state
Title: "State of a step"
Description: "State of a step."
* insert Translated
* ^content = #complete
* #not-begun "Ej påbörjat"
  * ^designation[0].language = #en
  * ^designation[0].value = "Not begun"
* #awaiting "Väntar på kvittens"
  * ^designation[0].language = #en
  * ^designation[0].value = "Awaiting acknowledgement"
* #partly "Delvis kvitterat"
  * ^designation[0].language = #en
  * ^designation[0].value = "Partly acknowledged"
* #awaiting-signature "Väntar på justering"
  * ^designation[0].language = #en
  * ^designation[0].value = "Awaiting signature"
* #partly-signed "Delvis justerat"
  * ^designation[0].language = #en
  * ^designation[0].value = "Partly signed"
* #done "Klart"
  * ^designation[0].language = #en
  * ^designation[0].value = "Done"

ValueSet: StepStateValueSet
Id: step-state
Title: "State of a step"
Description: "State of a step."
* ^status = #draft
* ^experimental = false
* include codes from system StepStateCodeSystem

CodeSystem: StepColourCodeSystem
Id: step-colour
Title: "Colour of a step for the one who looks"
Description: "Colour of a step for the one who looks."
* insert Translated
* ^content = #complete
* #red "Min roll ska agera"
  * ^designation[0].language = #en
  * ^designation[0].value = "My role must act"
* #yellow "Andra ska agera"
  * ^designation[0].language = #en
  * ^designation[0].value = "Others must act"
* #green "Klart"
  * ^designation[0].language = #en
  * ^designation[0].value = "Done"
* #grey "Ej påbörjat"
  * ^designation[0].language = #en
  * ^designation[0].value = "Not begun"

ValueSet: StepColourValueSet
Id: step-colour
Title: "Colour of a step for the one who looks"
Description: "Colour of a step for the one who looks."
* ^status = #draft
* ^experimental = false
* include codes from system StepColourCodeSystem

CodeSystem: TrackColourCodeSystem
Id: track-colour
Title: "Track colour of a planning basis"
Description: "Track colour of a planning basis."
* insert Translated
* ^content = #complete
* #red "Rött spår"
  * ^designation[0].language = #en
  * ^designation[0].value = "Red track"
* #yellow "Gult spår"
  * ^designation[0].language = #en
  * ^designation[0].value = "Yellow track"
* #green "Grönt spår"
  * ^designation[0].language = #en
  * ^designation[0].value = "Green track"
* #blue "Blått spår"
  * ^designation[0].language = #en
  * ^designation[0].value = "Blue track"

ValueSet: TrackColourValueSet
Id: track-colour
Title: "Track colour of a planning basis"
Description: "Track colour of a planning basis."
* ^status = #draft
* ^experimental = false
* include codes from system TrackColourCodeSystem

CodeSystem: CopyTakerCodeSystem
Id: copy-taker
Title: "Who takes the printed copy of the patient information"
Description: "Who takes the printed copy of the patient information."
* insert Translated
* ^content = #complete
* #patient "Patienten"
  * ^designation[0].language = #en
  * ^designation[0].value = "The patient"
* #relative "Närstående"
  * ^designation[0].language = #en
  * ^designation[0].value = "A relative"
* #legal-representative "Legal företrädare"
  * ^designation[0].language = #en
  * ^designation[0].value = "A legal representative"

ValueSet: CopyTakerValueSet
Id: copy-taker
Title: "Who takes the printed copy of the patient information"
Description: "Who takes the printed copy of the patient information."
* ^status = #draft
* ^experimental = false
* include codes from system CopyTakerCodeSystem

CodeSystem: TrackStepCodeSystem
Id: track-step
Title: "What a track says of the planning that follows"
Description: "What a track says of the planning that follows."
* insert Translated
* ^content = #complete
* #home-within-a-day "Hemgång senast dagen efter utskrivningsklar"
  * ^designation[0].language = #en
  * ^designation[0].value = "Home at the latest the day after ready"
* #no-invitation-to-sip "Ingen kallelse till SIP"
  * ^designation[0].language = #en
  * ^designation[0].value = "No invitation to a SIP"
* #outpatient-decides-on-sip "Öppenvården tar med patienten ställning till om SIP ska upprättas eller uppdateras"
  * ^designation[0].language = #en
  * ^designation[0].value = "Outpatient care decides with the patient whether to make or update a SIP"
* #invite-to-sip "Öppenvården kallar till SIP senast på dagen för utskrivningsklar; SIP inom 4 veckor efter utskrivningen"
  * ^designation[0].language = #en
  * ^designation[0].value = "Outpatient care invites to the SIP at the latest on the day of ready; SIP within 4 weeks of discharge"
* #consider-pre-meeting "Överväg förmöte"
  * ^designation[0].language = #en
  * ^designation[0].value = "Consider a pre-meeting"
* #pre-meeting-required "Förmöte krävs"
  * ^designation[0].language = #en
  * ^designation[0].value = "A pre-meeting is required"
* #decide-when-sip "Fast vårdkontakt beslutar om SIP före eller efter utskrivningsklar"
  * ^designation[0].language = #en
  * ^designation[0].value = "The contact decides whether the SIP is before or after ready"

ValueSet: TrackStepValueSet
Id: track-step
Title: "What a track says of the planning that follows"
Description: "What a track says of the planning that follows."
* ^status = #draft
* ^experimental = false
* include codes from system TrackStepCodeSystem

CodeSystem: PaymentModelCodeSystem
Id: payment-model
Title: "How liability for payment is counted"
Description: "How liability for payment is counted."
* insert Translated
* ^content = #complete
* #statutory "Lagens modell"
  * ^designation[0].language = #en
  * ^designation[0].value = "Statutory model"
* #average "Genomsnittsmodell"
  * ^designation[0].language = #en
  * ^designation[0].value = "Average model"
* #none "Räknas inte här"
  * ^designation[0].language = #en
  * ^designation[0].value = "Not counted here"

ValueSet: PaymentModelValueSet
Id: payment-model
Title: "How liability for payment is counted"
Description: "How liability for payment is counted."
* ^status = #draft
* ^experimental = false
* include codes from system PaymentModelCodeSystem

CodeSystem: PaymentConditionCodeSystem
Id: payment-condition
Title: "What liability for payment depends on"
Description: "What liability for payment depends on."
* insert Translated
* ^content = #complete
* #admission-notice-in-time "Inskrivningsmeddelande inom 24 timmar"
  * ^designation[0].language = #en
  * ^designation[0].value = "Admission notice within 24 hours"
* #ready-sent "Utskrivningsklar meddelad"
  * ^designation[0].language = #en
  * ^designation[0].value = "Ready sent"
* #contact-named "Fast vårdkontakt utsedd"
  * ^designation[0].language = #en
  * ^designation[0].value = "Contact (fast vårdkontakt) named"
* #sip-invitation "Kallelse till SIP inom tre dagar, avböjd SIP eller samordnad vårdplan"
  * ^designation[0].language = #en
  * ^designation[0].value = "Invited to a SIP within three days, SIP declined, or a coordinated care plan"

ValueSet: PaymentConditionValueSet
Id: payment-condition
Title: "What liability for payment depends on"
Description: "What liability for payment depends on."
* ^status = #draft
* ^experimental = false
* include codes from system PaymentConditionCodeSystem

CodeSystem: ParticipantRoleCodeSystem
Id: participant-role
Title: "Part in a case"
Description: "Part in a case."
* insert Translated
* ^content = #complete
* #unit "Deltagande enhet"
  * ^designation[0].language = #en
  * ^designation[0].value = "Participating unit"
* #contact "Fast vårdkontakt"
  * ^designation[0].language = #en
  * ^designation[0].value = "Contact (fast vårdkontakt)"
* #calls-to-sip "Kallelseansvarig för SIP"
  * ^designation[0].language = #en
  * ^designation[0].value = "Calls to the SIP"

ValueSet: ParticipantRoleValueSet
Id: participant-role
Title: "Part in a case"
Description: "Part in a case."
* ^status = #draft
* ^experimental = false
* include codes from system ParticipantRoleCodeSystem

CodeSystem: RegisterChangeCodeSystem
Id: register-change
Title: "What changed in a register"
Description: "What changed in a register."
* insert Translated
* ^content = #complete
* #name "Namn"
  * ^designation[0].language = #en
  * ^designation[0].value = "Name"
* #address "Adress"
  * ^designation[0].language = #en
  * ^designation[0].value = "Address"
* #municipality "Folkbokföringskommun"
  * ^designation[0].language = #en
  * ^designation[0].value = "Municipality of registration"
* #deceased "Avliden"
  * ^designation[0].language = #en
  * ^designation[0].value = "Deceased"
* #deregistered "Avregistrerad ur folkbokföringen"
  * ^designation[0].language = #en
  * ^designation[0].value = "Deregistered"
* #listing "Listning"
  * ^designation[0].language = #en
  * ^designation[0].value = "Listing"
* #unit-closed "En deltagande enhet är stängd i HSA-katalogen"
  * ^designation[0].language = #en
  * ^designation[0].value = "A participating unit is closed in the HSA catalogue"

ValueSet: RegisterChangeValueSet
Id: register-change
Title: "What changed in a register"
Description: "What changed in a register."
* ^status = #draft
* ^experimental = false
* include codes from system RegisterChangeCodeSystem

CodeSystem: AddressingFailureCodeSystem
Id: addressing-failure
Title: "Why a side could not be addressed"
Description: "Why a side could not be addressed."
* insert Translated
* ^content = #complete
* #no-listing "Ingen giltig listning"
  * ^designation[0].language = #en
  * ^designation[0].value = "No valid listing"
* #listed-unit-unknown "Listad vid en enhet som inte finns i Hemgång"
  * ^designation[0].language = #en
  * ^designation[0].value = "Listed at a unit outside the hub"
* #no-municipality "Ingen folkbokföringskommun"
  * ^designation[0].language = #en
  * ^designation[0].value = "No municipality of registration"
* #municipality-unknown "Kommunen finns inte i Hemgång"
  * ^designation[0].language = #en
  * ^designation[0].value = "Municipality outside the hub"
* #service-unavailable "Registret svarar inte"
  * ^designation[0].language = #en
  * ^designation[0].value = "The register does not answer"
* #ward-unknown "Avdelningen finns inte i Hemgång"
  * ^designation[0].language = #en
  * ^designation[0].value = "Ward outside the hub"

ValueSet: AddressingFailureValueSet
Id: addressing-failure
Title: "Why a side could not be addressed"
Description: "Why a side could not be addressed."
* ^status = #draft
* ^experimental = false
* include codes from system AddressingFailureCodeSystem

CodeSystem: DischargeFormCodeSystem
Id: discharge-form
Title: "Form of a discharge"
Description: "Form of a discharge."
* insert Translated
* ^content = #complete
* #discharge "Utskrivning"
  * ^designation[0].language = #en
  * ^designation[0].value = "Discharge"
* #early-end "Avslut i förtid"
  * ^designation[0].language = #en
  * ^designation[0].value = "Early end"

ValueSet: DischargeFormValueSet
Id: discharge-form
Title: "Form of a discharge"
Description: "Form of a discharge."
* ^status = #draft
* ^experimental = false
* include codes from system DischargeFormCodeSystem

CodeSystem: VersionMarkCodeSystem
Id: version-mark
Title: "What a version of a resource is marked as"
Description: "What a version of a resource is marked as."
* insert Translated
* ^content = #complete
* #not-current "Inte aktuell version"
  * ^designation[0].language = #en
  * ^designation[0].value = "Not the current version"

ValueSet: VersionMarkValueSet
Id: version-mark
Title: "What a version of a resource is marked as"
Description: "What a version of a resource is marked as."
* ^status = #draft
* ^experimental = false
* include codes from system VersionMarkCodeSystem

CodeSystem: PlanMakerCodeSystem
Id: plan-maker
Title: "Who made a coordinated care plan"
Description: "Who made a coordinated care plan."
* insert Translated
* ^content = #complete
* #chief-psychiatrist "Chefsöverläkare"
  * ^designation[0].language = #en
  * ^designation[0].value = "Chief psychiatrist"
* #delegated-senior-physician "Överläkare på delegation"
  * ^designation[0].language = #en
  * ^designation[0].value = "Senior physician by delegation"

ValueSet: PlanMakerValueSet
Id: plan-maker
Title: "Who made a coordinated care plan"
Description: "Who made a coordinated care plan."
* ^status = #draft
* ^experimental = false
* include codes from system PlanMakerCodeSystem

CodeSystem: PolicyCodeSystem
Id: policy
Title: "Method of a region"
Description: "Method of a region."
* insert Translated
* ^content = #fragment
* #skane "Skåne"
  * ^designation[0].language = #en
  * ^designation[0].value = "Skåne"
* #norrbotten "Norrbotten"
  * ^designation[0].language = #en
  * ^designation[0].value = "Norrbotten"
* #vasterbotten "Västerbotten"
  * ^designation[0].language = #en
  * ^designation[0].value = "Västerbotten"

ValueSet: PolicyValueSet
Id: policy
Title: "Method of a region"
Description: "Method of a region."
* ^status = #draft
* ^experimental = false
* include codes from system PolicyCodeSystem

CodeSystem: TodoCodeSystem
Id: todo
Title: "To-do of a unit"
Description: "To-do of a unit."
* insert Translated
* ^content = #complete
* #acknowledge-message "Kvittera generellt meddelande"
  * ^designation[0].language = #en
  * ^designation[0].value = "Acknowledge a general message"
* #acknowledge-written-message "Kvittera meddelande"
  * ^designation[0].language = #en
  * ^designation[0].value = "Acknowledge a message that a unit wrote"
* #address-by-hand "Ärendet kunde inte adresseras: lägg till enheten manuellt"
  * ^designation[0].language = #en
  * ^designation[0].value = "Address the case by hand"
* #distribute-case "Fördela ärendet: lägg till enheten i rätt område, eller ange att det stannar här"
  * ^designation[0].language = #en
  * ^designation[0].value = "Distribute the case: add the unit of the right area, or say that it stays here"
* #review-register-change "Granska ändrade folkbokförings- eller listningsuppgifter"
  * ^designation[0].language = #en
  * ^designation[0].value = "Review changed register data"
* #forward-to-new-health-centre "Patienten har listats om: lägg till den nya vårdcentralen i ärendet"
  * ^designation[0].language = #en
  * ^designation[0].value = "The patient is listed elsewhere now: forward the case to the new health centre"
* #review-double-case "Patienten har ett öppet ärende också under ett annat personnummer: avsluta eller makulera ett av dem"
  * ^designation[0].language = #en
  * ^designation[0].value = "The patient has an open case under another number as well: end or annul one of them"
* #check-identity "Journalsystemet säger något annat om vem patienten är än ärendet och folkbokföringen: kontrollera patientens identitet"
  * ^designation[0].language = #en
  * ^designation[0].value = "The journal system says something else of who the patient is than the case and the population register: check it"
* #hand-over-case "Patienten har flyttats till en avdelning hos en annan vårdgivare: lämna över ärendet dit eller avsluta det"
  * ^designation[0].language = #en
  * ^designation[0].value = "The patient was moved to a ward of another organisation: hand the case over or end it"
* #continue-by-telephone "Fortsätt planeringen per telefon"
  * ^designation[0].language = #en
  * ^designation[0].value = "Continue by telephone"
* #review-missed-stay "Medan ärendet inte kunde läsas togs inget emot från journalsystemet: granska om patienten är kvar, har flyttats eller skrivits ut"
  * ^designation[0].language = #en
  * ^designation[0].value = "While the case could not be read nothing was taken from the journal system: review whether the patient is there, was moved or has left"
* #stop-what-was-asked "Samtycket till meddelandet har tagits tillbaka: avsluta det som meddelandet gällde, det finns inget mer att göra"
  * ^designation[0].language = #en
  * ^designation[0].value = "The consent to the message was taken back: stop what it was about, there is nothing more to do"
* #stop-what-was-annulled "Meddelandet har makulerats av avsändaren: avsluta det som meddelandet gällde"
  * ^designation[0].language = #en
  * ^designation[0].value = "The sender has annulled the message: stop what it was about"
* #agree-on-planning "Patienten har flyttats hit från en annan vårdgivare: kom överens med avdelningen där om vem som planerar utskrivningen"
  * ^designation[0].language = #en
  * ^designation[0].value = "The patient was moved here from another organisation: agree with the ward there who plans the discharge"
* #plan-by-telephone "Planera per telefon enligt manuell rutin"
  * ^designation[0].language = #en
  * ^designation[0].value = "Plan by telephone, by the manual routine"
* #publish-admission-notice "Publicera inskrivningsmeddelande"
  * ^designation[0].language = #en
  * ^designation[0].value = "Publish the admission notice"
* #acknowledge-admission-notice "Kvittera inskrivningsmeddelande"
  * ^designation[0].language = #en
  * ^designation[0].value = "Acknowledge the admission notice"
* #acknowledge-planned-discharge "Kvittera ändrat beräknat utskrivningsdatum"
  * ^designation[0].language = #en
  * ^designation[0].value = "Acknowledge the changed planned discharge"
* #acknowledge-ready "Kvittera meddelande om utskrivningsklar"
  * ^designation[0].language = #en
  * ^designation[0].value = "Acknowledge ready for discharge"
* #state-homecoming "Ange tid för hemgång på nytt"
  * ^designation[0].language = #en
  * ^designation[0].value = "State the time of going home anew"
* #report-planning-done "Ange att den egna planeringen är klar"
  * ^designation[0].language = #en
  * ^designation[0].value = "Say that the own planning is done"
* #send-planning-basis "Fyll i och skicka planeringsunderlaget"
  * ^designation[0].language = #en
  * ^designation[0].value = "Fill in the planning basis and send it"
* #answer-admission-notice "Besvara frågorna i inskrivningsmeddelandet"
  * ^designation[0].language = #en
  * ^designation[0].value = "Answer the questions of the admission notice"
* #write-patient-information "Skriv enhetens del av patientinformationen"
  * ^designation[0].language = #en
  * ^designation[0].value = "Write the unit's part of the patient information"
* #hand-over-patient-information "Lämna ett utskrivet exemplar av patientinformationen"
  * ^designation[0].language = #en
  * ^designation[0].value = "Hand over a printed copy of the patient information"
* #receive-at-home "Ta emot patienten hemma senast dagen efter utskrivningsklar"
  * ^designation[0].language = #en
  * ^designation[0].value = "Receive the patient at home at the latest the day after ready"
* #decide-on-sip "Ta med patienten ställning till om SIP ska upprättas eller uppdateras"
  * ^designation[0].language = #en
  * ^designation[0].value = "Decide with the patient whether to make or update a SIP"
* #invite-to-sip "Kalla till SIP senast på dagen för utskrivningsklar; mötet hålls inom 4 veckor efter utskrivningen"
  * ^designation[0].language = #en
  * ^designation[0].value = "Invite to the SIP at the latest on the day of ready; it is held within 4 weeks of discharge"
* #hold-pre-meeting "Håll förmöte"
  * ^designation[0].language = #en
  * ^designation[0].value = "Hold the pre-meeting"
* #decide-when-sip "Besluta om SIP ska hållas före eller efter utskrivningsklar"
  * ^designation[0].language = #en
  * ^designation[0].value = "Decide whether the SIP is held before or after ready"
* #contact-receivers "Kort vårdtid: kontakta de mottagande enheterna före hemgången, om inte alla har kvitterat utskrivningsklar som skickats före brytpunkten"
  * ^designation[0].language = #en
  * ^designation[0].value = "Short stay: contact the receiving units before the patient goes home, unless all have acknowledged ready that was sent by the cut-off"
* #complete-statement "Klarmarkera slutenvårdens del av ställningstagandet"
  * ^designation[0].language = #en
  * ^designation[0].value = "Mark the part of the hospital in the statement complete"
* #sign-statement "Justera ställningstagandet"
  * ^designation[0].language = #en
  * ^designation[0].value = "Sign the statement"
* #publish-discharge "Publicera utskrivningsmeddelande"
  * ^designation[0].language = #en
  * ^designation[0].value = "Publish the discharge notice"
* #appoint-contact "Utse fast vårdkontakt före utskrivningen"
  * ^designation[0].language = #en
  * ^designation[0].value = "Name a contact before the discharge"
* #review-expected-discharge "Journalsystemet har ändrat beräknat utskrivningsdatum: granska ärendets datum"
  * ^designation[0].language = #en
  * ^designation[0].value = "The journal system has changed the planned discharge: review the date of the case"
* #annul-case "Inskrivningen är återtagen i journalsystemet: makulera ärendet"
  * ^designation[0].language = #en
  * ^designation[0].value = "The admission is cancelled in the journal system: annul the case"
* #review-cancelled-admission "Inskrivningen är återtagen i journalsystemet, men ärendet kan inte längre makuleras: granska det"
  * ^designation[0].language = #en
  * ^designation[0].value = "The admission is cancelled in the journal system, but the case can no longer be annulled: review it"
* #undo-discharge "Journalsystemet har patienten kvar efter utskrivningen: kontrollera, och ångra utskrivningen om patienten är kvar"
  * ^designation[0].language = #en
  * ^designation[0].value = "The journal system has the patient there after the discharge: check, and undo the discharge if so"
* #review-move-after-end "Journalsystemet har flyttat patienten efter att ärendet avslutades: granska om vården fortsätter, och ångra i så fall utskrivningen"
  * ^designation[0].language = #en
  * ^designation[0].value = "The journal system has moved the patient after the end of the case: review whether the care goes on, and if so undo the discharge"
* #review-open-case-elsewhere "Journalsystemet har patienten inskriven i ett annat vårdtillfälle: granska det öppna ärendet"
  * ^designation[0].language = #en
  * ^designation[0].value = "The journal system has the patient admitted in another stay: review the open case"
* #review-other-care "Journalsystemet har vårdtillfället som annan vård än slutenvård: granska om patienten är kvar, och avsluta annars ärendet"
  * ^designation[0].language = #en
  * ^designation[0].value = "The journal system has the visit as other care than a stay in hospital: review whether the patient is there, and else end the case"

ValueSet: TodoValueSet
Id: todo
Title: "To-do of a unit"
Description: "To-do of a unit."
* ^status = #draft
* ^experimental = false
* include codes from system TodoCodeSystem

CodeSystem: TodoInputCodeSystem
Id: todo-input
Title: "What a to-do carries"
Description: "What a to-do carries."
* insert Translated
* ^content = #complete
* #side "Sida"
  * ^designation[0].language = #en
  * ^designation[0].value = "Side"
* #cause "Orsak"
  * ^designation[0].language = #en
  * ^designation[0].value = "Cause"
* #changed "Ändrade uppgifter"
  * ^designation[0].language = #en
  * ^designation[0].value = "Changed data"
* #unit "Enhet"
  * ^designation[0].language = #en
  * ^designation[0].value = "Unit"
* #ward "Avdelning"
  * ^designation[0].language = #en
  * ^designation[0].value = "Ward"
* #visit "Vårdtillfällets nummer i journalsystemet"
  * ^designation[0].language = #en
  * ^designation[0].value = "The journal system's id of the stay"
* #reference "Meddelandets nummer hos avsändaren"
  * ^designation[0].language = #en
  * ^designation[0].value = "The sender's message id"
* #dischargedAt "Utskriven enligt journalsystemet"
  * ^designation[0].language = #en
  * ^designation[0].value = "Discharged according to the journal system"
* #expectedDischarge "Beräknat utskrivningsdatum enligt journalsystemet"
  * ^designation[0].language = #en
  * ^designation[0].value = "Planned discharge according to the journal system"
* #expectedDischargeRemoved "Beräknat utskrivningsdatum är borttaget i journalsystemet"
  * ^designation[0].language = #en
  * ^designation[0].value = "The journal system has removed the planned discharge"

ValueSet: TodoInputValueSet
Id: todo-input
Title: "What a to-do carries"
Description: "What a to-do carries."
* ^status = #draft
* ^experimental = false
* include codes from system TodoInputCodeSystem

CodeSystem: TodoOutputCodeSystem
Id: todo-output
Title: "What a to-do asks"
Description: "What a to-do asks."
* insert Translated
* ^content = #complete
* #case-goes-on "Ärendet fortsätter"
  * ^designation[0].language = #en
  * ^designation[0].value = "The case goes on"
* #handled-on "Hanterad den"
  * ^designation[0].language = #en
  * ^designation[0].value = "Handled on"
* #identity-confirmed "Patientens identitet är bekräftad"
  * ^designation[0].language = #en
  * ^designation[0].value = "The identity is confirmed"
* #sip-before-ready "SIP hålls före utskrivningsklar"
  * ^designation[0].language = #en
  * ^designation[0].value = "The SIP is held before ready"

ValueSet: TodoOutputValueSet
Id: todo-output
Title: "What a to-do asks"
Description: "What a to-do asks."
* ^status = #draft
* ^experimental = false
* include codes from system TodoOutputCodeSystem

CodeSystem: TodoStatusReasonCodeSystem
Id: todo-status-reason
Title: "Why a to-do stands where it stands"
Description: "Why a to-do stands where it stands."
* insert Translated
* ^content = #complete
* #awaits-information "Väntar på uppgifter"
  * ^designation[0].language = #en
  * ^designation[0].value = "Awaits information"
* #awaits-another-unit "Väntar på en annan enhet"
  * ^designation[0].language = #en
  * ^designation[0].value = "Awaits another unit"
* #awaits-assessment "Väntar på bedömning"
  * ^designation[0].language = #en
  * ^designation[0].value = "Awaits an assessment"
* #done-by-telephone "Gjort per telefon"
  * ^designation[0].language = #en
  * ^designation[0].value = "Done by telephone"
* #patient-gone "Patienten är inte kvar på avdelningen"
  * ^designation[0].language = #en
  * ^designation[0].value = "The patient is not at the ward any more"
* #planning-ended "Det finns inte längre något att komma överens om"
  * ^designation[0].language = #en
  * ^designation[0].value = "There is nothing left to agree on"
* #identity-known "Patienten finns nu i tjänsten"
  * ^designation[0].language = #en
  * ^designation[0].value = "The patient is in the service now"

ValueSet: TodoStatusReasonValueSet
Id: todo-status-reason
Title: "Why a to-do stands where it stands"
Description: "Why a to-do stands where it stands."
* ^status = #draft
* ^experimental = false
* include codes from system TodoStatusReasonCodeSystem

CodeSystem: DeliveryCodeSystem
Id: delivery
Title: "How far a thing came"
Description: "How far a thing came."
* insert Translated
* ^content = #complete
* #delivered "Levererat"
  * ^designation[0].language = #en
  * ^designation[0].value = "Delivered"
* #shown "Visat"
  * ^designation[0].language = #en
  * ^designation[0].value = "Shown"
* #acknowledged "Kvitterat"
  * ^designation[0].language = #en
  * ^designation[0].value = "Acknowledged"

ValueSet: DeliveryValueSet
Id: delivery
Title: "How far a thing came"
Description: "How far a thing came."
* ^status = #draft
* ^experimental = false
* include codes from system DeliveryCodeSystem

CodeSystem: TodoDeadlineCodeSystem
Id: todo-deadline
Title: "How an open to-do stands to its deadline"
Description: "How an open to-do stands to its deadline."
* insert Translated
* ^content = #complete
* #due "Tiden är snart ute"
  * ^designation[0].language = #en
  * ^designation[0].value = "Due soon"
* #overdue "Försenad"
  * ^designation[0].language = #en
  * ^designation[0].value = "Overdue"

ValueSet: TodoDeadlineValueSet
Id: todo-deadline
Title: "How an open to-do stands to its deadline"
Description: "How an open to-do stands to its deadline."
* ^status = #draft
* ^experimental = false
* include codes from system TodoDeadlineCodeSystem

CodeSystem: NoticeCodeSystem
Id: notice
Title: "Notice of the hub"
Description: "Notice of the hub."
* insert Translated
* ^content = #complete
* #annulled "Ärendet makulerat"
  * ^designation[0].language = #en
  * ^designation[0].value = "Case annulled"
* #participant-added "Enhet tillagd"
  * ^designation[0].language = #en
  * ^designation[0].value = "Unit added"
* #participant-removed "Enhet borttagen"
  * ^designation[0].language = #en
  * ^designation[0].value = "Unit removed"
* #frozen "Fortsätt per telefon"
  * ^designation[0].language = #en
  * ^designation[0].value = "Continue by telephone"
* #unfrozen "Ärendet är öppet igen"
  * ^designation[0].language = #en
  * ^designation[0].value = "Case open again"
* #admission-notice "Inskrivningsmeddelande"
  * ^designation[0].language = #en
  * ^designation[0].value = "Admission notice"
* #planned-discharge-changed "Ändrat beräknat utskrivningsdatum"
  * ^designation[0].language = #en
  * ^designation[0].value = "Planned discharge changed"
* #ready "Meddelande om utskrivningsklar"
  * ^designation[0].language = #en
  * ^designation[0].value = "Ready for discharge"
* #ready-withdrawn "Återtaget meddelande om utskrivningsklar"
  * ^designation[0].language = #en
  * ^designation[0].value = "Ready for discharge withdrawn"
* #homecoming "Tid för hemgång"
  * ^designation[0].language = #en
  * ^designation[0].value = "Time of going home"
* #homecoming-unconfirmed "Tid för hemgång inte bekräftad"
  * ^designation[0].language = #en
  * ^designation[0].value = "Time of going home not confirmed"
* #planning-done "Egen planering klar"
  * ^designation[0].language = #en
  * ^designation[0].value = "Own planning done"
* #planning-unconfirmed "Egen planering inte bekräftad"
  * ^designation[0].language = #en
  * ^designation[0].value = "Own planning not confirmed"
* #coordinated-care-plan "Samordnad vårdplan"
  * ^designation[0].language = #en
  * ^designation[0].value = "Coordinated care plan"
* #coordinated-care-plan-withdrawn "Samordnad vårdplan återtagen"
  * ^designation[0].language = #en
  * ^designation[0].value = "Coordinated care plan withdrawn"
* #placing-municipality "Placerande kommun"
  * ^designation[0].language = #en
  * ^designation[0].value = "Placing municipality"
* #placing-municipality-withdrawn "Placerande kommun återtagen"
  * ^designation[0].language = #en
  * ^designation[0].value = "Placing municipality withdrawn"
* #discharge "Utskrivningsmeddelande"
  * ^designation[0].language = #en
  * ^designation[0].value = "Discharge notice"
* #discharge-undone "Utskrivningen ångrad"
  * ^designation[0].language = #en
  * ^designation[0].value = "Discharge undone"
* #ward-changed "Avdelningsbyte"
  * ^designation[0].language = #en
  * ^designation[0].value = "Change of ward"
* #general-message "Generellt meddelande"
  * ^designation[0].language = #en
  * ^designation[0].value = "General message"
* #changed "Ändring"
  * ^designation[0].language = #en
  * ^designation[0].value = "Change"
* #message "Meddelande"
  * ^designation[0].language = #en
  * ^designation[0].value = "Message"
* #todo-note "Anteckning om uppgift"
  * ^designation[0].language = #en
  * ^designation[0].value = "Note on a to-do"

ValueSet: NoticeValueSet
Id: notice
Title: "Notice of the hub"
Description: "Notice of the hub."
* ^status = #draft
* ^experimental = false
* include codes from system NoticeCodeSystem

CodeSystem: SystemNoticeCodeSystem
Id: system-notice
Title: "What a notice to every user is about"
Description: "What a notice to every user is about."
* insert Translated
* ^content = #complete
* #downtime "Planerat driftstopp"
  * ^designation[0].language = #en
  * ^designation[0].value = "Planned downtime"
* #release "Ny version"
  * ^designation[0].language = #en
  * ^designation[0].value = "New release"
* #information "Information"
  * ^designation[0].language = #en
  * ^designation[0].value = "Information"

ValueSet: SystemNoticeValueSet
Id: system-notice
Title: "What a notice to every user is about"
Description: "What a notice to every user is about."
* ^status = #draft
* ^experimental = false
* include codes from system SystemNoticeCodeSystem

CodeSystem: DecisionCodeSystem
Id: decision
Title: "Decision on sharing information"
Description: "Decision on sharing information."
* insert Translated
* ^content = #complete
* #consent "Samtycke"
  * ^designation[0].language = #en
  * ^designation[0].value = "Consent"
* #refusal "Nekat samtycke"
  * ^designation[0].language = #en
  * ^designation[0].value = "Refusal"
* #harm-assessment "Menprövning"
  * ^designation[0].language = #en
  * ^designation[0].value = "Harm assessment"
* #secrecy-breaking-rule "Sekretessbrytande regel (LPT/LRV)"
  * ^designation[0].language = #en
  * ^designation[0].value = "Secrecy-breaking rule (LPT/LRV)"

ValueSet: DecisionValueSet
Id: decision
Title: "Decision on sharing information"
Description: "Decision on sharing information."
* ^status = #draft
* ^experimental = false
* include codes from system DecisionCodeSystem

CodeSystem: DecisionFormCodeSystem
Id: decision-form
Title: "How a decision was given"
Description: "How a decision was given."
* insert Translated
* ^content = #complete
* #oral "Muntligt"
  * ^designation[0].language = #en
  * ^designation[0].value = "Orally"
* #written "Skriftligt"
  * ^designation[0].language = #en
  * ^designation[0].value = "In writing"

ValueSet: DecisionFormValueSet
Id: decision-form
Title: "How a decision was given"
Description: "How a decision was given."
* ^status = #draft
* ^experimental = false
* include codes from system DecisionFormCodeSystem

CodeSystem: DecisionGivenByCodeSystem
Id: decision-given-by
Title: "Who gave a decision"
Description: "Who gave a decision."
* insert Translated
* ^content = #complete
* #patient "Patienten"
  * ^designation[0].language = #en
  * ^designation[0].value = "The patient"
* #guardian "Vårdnadshavare"
  * ^designation[0].language = #en
  * ^designation[0].value = "Guardian"
* #legal-representative "Legal företrädare"
  * ^designation[0].language = #en
  * ^designation[0].value = "Legal representative"

ValueSet: DecisionGivenByValueSet
Id: decision-given-by
Title: "Who gave a decision"
Description: "Who gave a decision."
* ^status = #draft
* ^experimental = false
* include codes from system DecisionGivenByCodeSystem

CodeSystem: SecrecyLawCodeSystem
Id: secrecy-law
Title: "Law of compulsory care behind a secrecy-breaking rule"
Description: "Law of compulsory care behind a secrecy-breaking rule."
* insert Translated
* ^content = #complete
* #LPT "Lagen om psykiatrisk tvångsvård"
  * ^designation[0].language = #en
  * ^designation[0].value = "Compulsory Psychiatric Care Act"
* #LRV "Lagen om rättspsykiatrisk vård"
  * ^designation[0].language = #en
  * ^designation[0].value = "Forensic Psychiatric Care Act"

ValueSet: SecrecyLawValueSet
Id: secrecy-law
Title: "Law of compulsory care behind a secrecy-breaking rule"
Description: "Law of compulsory care behind a secrecy-breaking rule."
* ^status = #draft
* ^experimental = false
* include codes from system SecrecyLawCodeSystem

CodeSystem: AccessGroundCodeSystem
Id: access-ground
Title: "Ground on which a person’s information was read or changed"
Description: "Ground on which a person’s information was read or changed."
* insert Translated
* ^content = #complete
* #participant "Enheten deltar i ärendet"
  * ^designation[0].language = #en
  * ^designation[0].value = "The unit takes part in the case"
* #message "Enheten har skickat eller fått ett meddelande utanför ärenden"
  * ^designation[0].language = #en
  * ^designation[0].value = "The unit sent or got a message outside every case"
* #review "Granskning av loggen"
  * ^designation[0].language = #en
  * ^designation[0].value = "Review of the trail"

ValueSet: AccessGroundValueSet
Id: access-ground
Title: "Ground on which a person’s information was read or changed"
Description: "Ground on which a person’s information was read or changed."
* ^status = #draft
* ^experimental = false
* include codes from system AccessGroundCodeSystem

CodeSystem: ResponsibilityCodeSystem
Id: responsibility
Title: "What a role may do for its unit"
Description: "What a role may do for its unit."
* insert Translated
* ^content = #complete
* #read "Läsa"
  * ^designation[0].language = #en
  * ^designation[0].value = "Read"
* #write "Skriva"
  * ^designation[0].language = #en
  * ^designation[0].value = "Write"
* #acknowledge "Kvittera"
  * ^designation[0].language = #en
  * ^designation[0].value = "Acknowledge"
* #sign "Justera"
  * ^designation[0].language = #en
  * ^designation[0].value = "Sign"
* #approve "Godkänna"
  * ^designation[0].language = #en
  * ^designation[0].value = "Approve"

ValueSet: ResponsibilityValueSet
Id: responsibility
Title: "What a role may do for its unit"
Description: "What a role may do for its unit."
* ^status = #draft
* ^experimental = false
* include codes from system ResponsibilityCodeSystem

CodeSystem: SideCodeSystem
Id: side
Title: "Side of the law 2017:612"
Description: "Side of the law 2017:612."
* insert Translated
* ^content = #complete
* #hospital "Slutenvård"
  * ^designation[0].language = #en
  * ^designation[0].value = "Hospital"
* #outpatient "Öppenvård"
  * ^designation[0].language = #en
  * ^designation[0].value = "Outpatient care"
* #municipality "Kommun"
  * ^designation[0].language = #en
  * ^designation[0].value = "Municipality"
* #other "Annan part"
  * ^designation[0].language = #en
  * ^designation[0].value = "Other party"

ValueSet: SideValueSet
Id: side
Title: "Side of the law 2017:612"
Description: "Side of the law 2017:612."
* ^status = #draft
* ^experimental = false
* include codes from system SideCodeSystem

CodeSystem: ServiceCodeSystem
Id: service
Title: "Kind of service that a receiving unit of a municipality answers for"
Description: "Kind of service that a receiving unit of a municipality answers for."
* insert Translated
* ^content = #complete
* #needs-assessment "Biståndsbedömning"
  * ^designation[0].language = #en
  * ^designation[0].value = "Needs assessment"
* #home-nursing "Hemsjukvård"
  * ^designation[0].language = #en
  * ^designation[0].value = "Home nursing"
* #rehabilitation "Rehabilitering"
  * ^designation[0].language = #en
  * ^designation[0].value = "Rehabilitation"
* #home-care "Hemtjänst"
  * ^designation[0].language = #en
  * ^designation[0].value = "Home care"
* #disability-housing "Bostad enligt LSS"
  * ^designation[0].language = #en
  * ^designation[0].value = "Housing for persons with disabilities"
* #social-psychiatry "Socialpsykiatri"
  * ^designation[0].language = #en
  * ^designation[0].value = "Social psychiatry"

ValueSet: ServiceValueSet
Id: service
Title: "Kind of service that a receiving unit of a municipality answers for"
Description: "Kind of service that a receiving unit of a municipality answers for."
* ^status = #draft
* ^experimental = false
* include codes from system ServiceCodeSystem

CodeSystem: SecrecyCodeSystem
Id: secrecy
Title: "Secrecy that an organisation is bound by"
Description: "Secrecy that an organisation is bound by."
* insert Translated
* ^content = #complete
* #weaker "Svagare sekretess"
  * ^designation[0].language = #en
  * ^designation[0].value = "Weaker secrecy"

ValueSet: SecrecyValueSet
Id: secrecy
Title: "Secrecy that an organisation is bound by"
Description: "Secrecy that an organisation is bound by."
* ^status = #draft
* ^experimental = false
* include codes from system SecrecyCodeSystem

CodeSystem: RoleCodeSystem
Id: role
Title: "Role of the directory"
Description: "Role of the directory."
* insert Translated
* ^content = #not-present

CodeSystem: HomeVisitMeasureCodeSystem
Id: home-visit-measure
Title: "What single home visits are ordered for"
Description: "What single home visits are ordered for."
* insert Translated
* ^content = #complete
* #eye-drops "Ögondroppar"
  * ^designation[0].language = #en
  * ^designation[0].value = "Eye drops"
* #ear-drops "Örondroppar"
  * ^designation[0].language = #en
  * ^designation[0].value = "Ear drops"
* #injection "Subkutan eller intramuskulär injektion"
  * ^designation[0].language = #en
  * ^designation[0].value = "Subcutaneous or intramuscular injection"
* #dressing "Omläggning"
  * ^designation[0].language = #en
  * ^designation[0].value = "Dressing"
* #suture-removal "Suturtagning"
  * ^designation[0].language = #en
  * ^designation[0].value = "Suture removal"
* #sampling "Provtagning"
  * ^designation[0].language = #en
  * ^designation[0].value = "Sampling"

ValueSet: HomeVisitMeasureValueSet
Id: home-visit-measure
Title: "What single home visits are ordered for"
Description: "What single home visits are ordered for."
* ^status = #draft
* ^experimental = false
* include codes from system HomeVisitMeasureCodeSystem
