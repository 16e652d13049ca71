// Made from src/cases/operations and src/fhir/operations by `npm run docs`; a test holds it against them. Not written by hand.

Instance: CarePlan-record-patient-information
InstanceOf: OperationDefinition
Usage: #definition
Title: "Registrera att patienten är informerad, eller varför inte"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-record-patient-information"
* status = #draft
* kind = #operation
* affectsState = true
* code = #record-patient-information
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "RecordPatientInformation"
* title = "Registrera att patienten är informerad, eller varför inte"
* description = "Records that the patient is informed, or why not. Registrera att patienten är informerad, eller varför inte. (CON-1)"
* parameter[+].name = #informed
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Whether the patient is informed. Om patienten är informerad."
* parameter[=].type = #boolean
* parameter[+].name = #oral
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Orally. Absent: no. Muntligt. Utelämnat: nej."
* parameter[=].type = #boolean
* parameter[+].name = #written
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "In writing (the brochure was given). Absent: no. Skriftligt (broschyren lämnad). Utelämnat: nej."
* parameter[=].type = #boolean
* parameter[+].name = #reason
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Why the patient is not informed. Required then, except under a refusal, where it is to be left out. Varför patienten inte är informerad. Krävs då, utom vid nekat samtycke; då ska den utelämnas."
* parameter[=].type = #string
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-record-needs-assessment
InstanceOf: OperationDefinition
Usage: #definition
Title: "Registrera när läkaren bedömde att behov av insatser finns; inskrivningsmeddelandet ska då publiceras inom 24 timmar"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-record-needs-assessment"
* status = #draft
* kind = #operation
* affectsState = true
* code = #record-needs-assessment
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "RecordNeedsAssessment"
* title = "Registrera när läkaren bedömde att behov av insatser finns; inskrivningsmeddelandet ska då publiceras inom 24 timmar"
* description = "Records when the doctor assessed that needs exist; the admission notice is then due within 24 hours. Registrera när läkaren bedömde att behov av insatser finns; inskrivningsmeddelandet ska då publiceras inom 24 timmar. (SVU-5)"
* parameter[+].name = #assessedAt
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "When the assessment was made, with its time zone. När bedömningen gjordes, med tidszon."
* parameter[=].type = #dateTime
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-publish-admission-notice
InstanceOf: OperationDefinition
Usage: #definition
Title: "Publicera inskrivningsmeddelandet till de mottagande enheterna"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-publish-admission-notice"
* status = #draft
* kind = #operation
* affectsState = true
* code = #publish-admission-notice
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "PublishAdmissionNotice"
* title = "Publicera inskrivningsmeddelandet till de mottagande enheterna"
* description = "Publishes the admission notice to the receiving units. Publicera inskrivningsmeddelandet till de mottagande enheterna. (SVU-3, SVU-4, CON-5, SVU-28, SVU-40)"
* parameter[+].name = #reason
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The reason, where the case has none. Never published under a refusal. Inskrivningsorsak, där ärendet saknar den. Publiceras aldrig vid nekat samtycke."
* parameter[=].type = #string
* parameter[+].name = #shortStay
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "A short stay, at most 24 hours, with unchanged needs. Absent: no. Kort vårdtid, högst 24 timmar, med oförändrade behov. Utelämnat: nej."
* parameter[=].type = #boolean
* parameter[+].name = #confirmedWarning
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].documentation = "The code of a warning that the user has seen and confirmed. En varning som användaren har sett och bekräftat."
* parameter[=].type = #code
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-change-planned-discharge
InstanceOf: OperationDefinition
Usage: #definition
Title: "Ändra beräknat utskrivningsdatum"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-change-planned-discharge"
* status = #draft
* kind = #operation
* affectsState = true
* code = #change-planned-discharge
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "ChangePlannedDischarge"
* title = "Ändra beräknat utskrivningsdatum"
* description = "Changes the planned discharge. Ändra beräknat utskrivningsdatum. (SVU-9)"
* parameter[+].name = #date
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The new planned discharge. Nytt beräknat utskrivningsdatum."
* parameter[=].type = #date
* parameter[+].name = #reason
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Why the day changes. Required once published; to be left out in a draft and under a refusal. Varför dagen ändras. Krävs när ärendet är publicerat; ska utelämnas i ett utkast och vid nekat samtycke."
* parameter[=].type = #string
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-ready
InstanceOf: OperationDefinition
Usage: #definition
Title: "Meddela att patienten är utskrivningsklar"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-ready"
* status = #draft
* kind = #operation
* affectsState = true
* code = #ready
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "Ready"
* title = "Meddela att patienten är utskrivningsklar"
* description = "Reports the patient ready for discharge. Meddela att patienten är utskrivningsklar. (SVU-10, SVU-13, SVU-31)"
* parameter[+].name = #date
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The day the patient is ready. Dagen då patienten är utskrivningsklar."
* parameter[=].type = #date
* parameter[+].name = #doctor
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The responsible doctor. Ansvarig läkare."
* parameter[=].type = #Reference
* parameter[=].targetProfile[+] = "http://hl7.org/fhir/StructureDefinition/Practitioner"
* parameter[=].targetProfile[+] = "http://hl7.org/fhir/StructureDefinition/PractitionerRole"
* parameter[+].name = #decisionLpt7a
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "A decision under section 7 a of LPT, which counts as the notice; the doctor is who decided. Absent: no. Ett beslut enligt 7 a § LPT, som gäller som meddelandet; läkaren är den som beslutade. Utelämnat: nej."
* parameter[=].type = #boolean
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-withdraw-ready
InstanceOf: OperationDefinition
Usage: #definition
Title: "Återta utskrivningsklar och sätt ett nytt beräknat utskrivningsdatum"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-withdraw-ready"
* status = #draft
* kind = #operation
* affectsState = true
* code = #withdraw-ready
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "WithdrawReady"
* title = "Återta utskrivningsklar och sätt ett nytt beräknat utskrivningsdatum"
* description = "Withdraws ready and sets a new planned discharge. Återta utskrivningsklar och sätt ett nytt beräknat utskrivningsdatum. (SVU-12)"
* parameter[+].name = #expectedDischarge
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The new planned discharge. Nytt beräknat utskrivningsdatum."
* parameter[=].type = #date
* parameter[+].name = #reason
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Reason. To be left out under a refusal, and on a published case without a current decision. Orsak. Ska utelämnas vid nekat samtycke och när inget beslut gäller."
* parameter[=].type = #string
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-report-planning-done
InstanceOf: OperationDefinition
Usage: #definition
Title: "Ange att den egna planeringen är klar, och för kommunen när patienten är välkommen hem"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-report-planning-done"
* status = #draft
* kind = #operation
* affectsState = true
* code = #report-planning-done
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "ReportPlanningDone"
* title = "Ange att den egna planeringen är klar, och för kommunen när patienten är välkommen hem"
* description = "Says that the unit's own planning is done, and for the municipality from when the patient is welcome home. Ange att den egna planeringen är klar, och för kommunen när patienten är välkommen hem. (SVU-27)"
* parameter[+].name = #welcomeFrom
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "From when the patient is welcome home, with its time zone. Stated by the municipality, at the latest by its last unit to be done. Från när patienten är välkommen hem, med tidszon. Anges av kommunen, senast av den sista enheten som är klar."
* parameter[=].type = #dateTime
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-record-coordinated-care-plan
InstanceOf: OperationDefinition
Usage: #definition
Title: "Registrera en samordnad vårdplan, som ersätter SIP och kallelse vid övergång till öppen psykiatrisk tvångsvård eller öppen rättspsykiatrisk vård"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-record-coordinated-care-plan"
* status = #draft
* kind = #operation
* affectsState = true
* code = #record-coordinated-care-plan
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "RecordCoordinatedCarePlan"
* title = "Registrera en samordnad vårdplan, som ersätter SIP och kallelse vid övergång till öppen psykiatrisk tvångsvård eller öppen rättspsykiatrisk vård"
* description = "Records a coordinated care plan, which takes the place of SIP and invitation on the way to compulsory outpatient psychiatric or forensic care. Registrera en samordnad vårdplan, som ersätter SIP och kallelse vid övergång till öppen psykiatrisk tvångsvård eller öppen rättspsykiatrisk vård. (SVU-31)"
* parameter[+].name = #date
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The day the plan was made. Dagen då planen upprättades."
* parameter[=].type = #date
* parameter[+].name = #doctor
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The doctor who made the plan. Läkaren som upprättade planen."
* parameter[=].type = #Reference
* parameter[=].targetProfile[+] = "http://hl7.org/fhir/StructureDefinition/Practitioner"
* parameter[=].targetProfile[+] = "http://hl7.org/fhir/StructureDefinition/PractitionerRole"
* parameter[+].name = #madeBy
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "As chief psychiatrist, or as a senior physician by delegation. Som chefsöverläkare eller som överläkare på delegation."
* parameter[=].type = #code
* parameter[+].name = #law
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The law of the outpatient care. Lagen som den öppna vården ges enligt."
* parameter[=].type = #code
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-withdraw-coordinated-care-plan
InstanceOf: OperationDefinition
Usage: #definition
Title: "Återta den samordnade vårdplanen"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-withdraw-coordinated-care-plan"
* status = #draft
* kind = #operation
* affectsState = true
* code = #withdraw-coordinated-care-plan
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "WithdrawCoordinatedCarePlan"
* title = "Återta den samordnade vårdplanen"
* description = "Withdraws the coordinated care plan. Återta den samordnade vårdplanen. (SVU-31)"
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-state-placing-municipality
InstanceOf: OperationDefinition
Usage: #definition
Title: "Ange vilken kommun som har placerat patienten i en annan kommun, eller att ingen har det"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-state-placing-municipality"
* status = #draft
* kind = #operation
* affectsState = true
* code = #state-placing-municipality
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "StatePlacingMunicipality"
* title = "Ange vilken kommun som har placerat patienten i en annan kommun, eller att ingen har det"
* description = "States which municipality placed the patient in another, or that none did. Ange vilken kommun som har placerat patienten i en annan kommun, eller att ingen har det. (ADR-9)"
* parameter[+].name = #municipality
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The code of the municipality, of four digits. Absent: nobody placed the patient. Kommunens kod med fyra siffror. Utelämnad: ingen har placerat patienten."
* parameter[=].type = #code
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-record-npo-decision
InstanceOf: OperationDefinition
Usage: #definition
Title: "Registrera patientens beslut om nationell patientöversikt (NPÖ). Det öppnar och stoppar ingenting i ärendet"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-record-npo-decision"
* status = #draft
* kind = #operation
* affectsState = true
* code = #record-npo-decision
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "RecordNpoDecision"
* title = "Registrera patientens beslut om nationell patientöversikt (NPÖ). Det öppnar och stoppar ingenting i ärendet"
* description = "Records the patient's decision on NPÖ, the national patient overview. It opens and stops nothing in the case. Registrera patientens beslut om nationell patientöversikt (NPÖ). Det öppnar och stoppar ingenting i ärendet. (CON-9, CON-16)"
* parameter[+].name = #agrees
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Whether the patient agrees. Om patienten samtycker."
* parameter[=].type = #boolean
* parameter[+].name = #form
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Orally or in writing. Muntligt eller skriftligt."
* parameter[=].type = #code
* parameter[+].name = #givenBy
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Who gave the decision. Vem som lämnade beslutet."
* parameter[=].type = #code
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-record-information-handed-over
InstanceOf: OperationDefinition
Usage: #definition
Title: "Ange att ett utskrivet exemplar av patientinformationen är lämnat"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-record-information-handed-over"
* status = #draft
* kind = #operation
* affectsState = true
* code = #record-information-handed-over
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "RecordInformationHandedOver"
* title = "Ange att ett utskrivet exemplar av patientinformationen är lämnat"
* description = "Records that a printed copy of the patient information is handed over. Ange att ett utskrivet exemplar av patientinformationen är lämnat. (SVU-26)"
* parameter[+].name = #handedOverAt
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "When the copy was handed over, with its time zone. När exemplaret lämnades, med tidszon."
* parameter[=].type = #dateTime
* parameter[+].name = #to
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Who took it: patient, relative or legal-representative. Vem som fick det: patienten, en närstående eller en legal företrädare."
* parameter[=].type = #code
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-complete-statement
InstanceOf: OperationDefinition
Usage: #definition
Title: "Klarmarkera slutenvårdens del av ställningstagandet. Därmed öppnas öppenvårdens och kommunens delar, och det kan justeras"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-complete-statement"
* status = #draft
* kind = #operation
* affectsState = true
* code = #complete-statement
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "CompleteStatement"
* title = "Klarmarkera slutenvårdens del av ställningstagandet. Därmed öppnas öppenvårdens och kommunens delar, och det kan justeras"
* description = "Marks the part of the hospital in the statement complete, which opens the parts of outpatient care and the municipality, and signing. Klarmarkera slutenvårdens del av ställningstagandet. Därmed öppnas öppenvårdens och kommunens delar, och det kan justeras. (SVU-16)"
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-sign-statement
InstanceOf: OperationDefinition
Usage: #definition
Title: "Justera ställningstagandet för den egna enheten"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-sign-statement"
* status = #draft
* kind = #operation
* affectsState = true
* code = #sign-statement
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "SignStatement"
* title = "Justera ställningstagandet för den egna enheten"
* description = "Signs the statement for the own unit. Justera ställningstagandet för den egna enheten. (SVU-19, SVU-17)"
* parameter[+].name = #version
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The version of the form in which the unit has read it (`meta.versionId`): nobody signs what they have not seen. Den version av formuläret som justeras, så att ingen justerar något oläst."
* parameter[=].type = #positiveInt
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-reopen-statement
InstanceOf: OperationDefinition
Usage: #definition
Title: "Öppna ställningstagandet igen. Alla justeringar bryts"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-reopen-statement"
* status = #draft
* kind = #operation
* affectsState = true
* code = #reopen-statement
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "ReopenStatement"
* title = "Öppna ställningstagandet igen. Alla justeringar bryts"
* description = "Opens the statement again. Every signature is broken. Öppna ställningstagandet igen. Alla justeringar bryts. (SVU-20)"
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-state-homecoming
InstanceOf: OperationDefinition
Usage: #definition
Title: "Ange när patienten kommer hem och om någon möter upp"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-state-homecoming"
* status = #draft
* kind = #operation
* affectsState = true
* code = #state-homecoming
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "StateHomecoming"
* title = "Ange när patienten kommer hem och om någon möter upp"
* description = "States when the patient comes home and whether somebody meets. Ange när patienten kommer hem och om någon möter upp. (SVU-37)"
* parameter[+].name = #homeAt
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "When the patient comes home, with its time zone. När patienten kommer hem, med tidszon."
* parameter[=].type = #dateTime
* parameter[+].name = #met
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Whether somebody of the municipality meets. Om någon från kommunen möter upp."
* parameter[=].type = #boolean
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-discharge
InstanceOf: OperationDefinition
Usage: #definition
Title: "Publicera utskrivningsmeddelandet"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-discharge"
* status = #draft
* kind = #operation
* affectsState = true
* code = #discharge
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "Discharge"
* title = "Publicera utskrivningsmeddelandet"
* description = "Publishes the discharge. Publicera utskrivningsmeddelandet. (SVU-21, SVU-23)"
* parameter[+].name = #dischargedAt
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "When the patient was discharged, with its time zone. När patienten skrevs ut, med tidszon."
* parameter[=].type = #dateTime
* parameter[+].name = #form
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "discharge or early-end. Utskrivning eller avslut i förtid."
* parameter[=].type = #code
* parameter[+].name = #dischargedTo
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Where the patient was discharged to; required of a discharge, to be left out of an early end. Vart patienten skrevs ut. Krävs vid utskrivning; ska utelämnas vid avslut i förtid."
* parameter[=].type = #string
* parameter[+].name = #comment
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Comment, e.g. a temporary address. To be left out under a refusal. Kommentar, t.ex. tillfällig adress. Ska utelämnas vid nekat samtycke."
* parameter[=].type = #string
* parameter[+].name = #confirmedWarning
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "*"
* parameter[=].documentation = "The code of a warning that the user has seen and confirmed. En varning som användaren har sett och bekräftat."
* parameter[=].type = #code
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-undo-discharge
InstanceOf: OperationDefinition
Usage: #definition
Title: "Ångra utskrivningen"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-undo-discharge"
* status = #draft
* kind = #operation
* affectsState = true
* code = #undo-discharge
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "UndoDischarge"
* title = "Ångra utskrivningen"
* description = "Undoes the discharge. Ångra utskrivningen. (SVU-24)"
* parameter[+].name = #reason
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Reason. To be left out under a refusal, and on a published case without a current decision. Orsak. Ska utelämnas vid nekat samtycke och när inget beslut gäller."
* parameter[=].type = #string
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-annul
InstanceOf: OperationDefinition
Usage: #definition
Title: "Makulera ärendet. Öppnat på fel patient även efter utskrivningen"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-annul"
* status = #draft
* kind = #operation
* affectsState = true
* code = #annul
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "Annul"
* title = "Makulera ärendet. Öppnat på fel patient även efter utskrivningen"
* description = "Annuls the case. One that was opened on the wrong patient also after the discharge. Makulera ärendet. Öppnat på fel patient även efter utskrivningen. (SVU-6, PAT-13)"
* parameter[+].name = #reason
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Reason. Required, except under a refusal and on a published case without a current decision, where it is to be left out. Orsak. Krävs, utom vid nekat samtycke och när inget beslut gäller i ett publicerat ärende; då ska den utelämnas."
* parameter[=].type = #string
* parameter[+].name = #wrongPatient
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Opened on the wrong patient; then without a reason in words. Absent: no. Öppnat på fel patient; då utan orsak i ord. Utelämnat: nej."
* parameter[=].type = #boolean
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-add-participant
InstanceOf: OperationDefinition
Usage: #definition
Title: "Lägg till en enhet"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-add-participant"
* status = #draft
* kind = #operation
* affectsState = true
* code = #add-participant
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "AddParticipant"
* title = "Lägg till en enhet"
* description = "Adds a unit. Lägg till en enhet. (ADR-10, ADR-12, CON-8)"
* parameter[+].name = #unit
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The unit. Enheten."
* parameter[=].type = #Reference
* parameter[=].targetProfile[+] = "http://hl7.org/fhir/StructureDefinition/Organization"
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-remove-participant
InstanceOf: OperationDefinition
Usage: #definition
Title: "Ta bort en enhet"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-remove-participant"
* status = #draft
* kind = #operation
* affectsState = true
* code = #remove-participant
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "RemoveParticipant"
* title = "Ta bort en enhet"
* description = "Removes a unit. Ta bort en enhet. (ADR-10, ADR-11, ADR-14, ACC-7, SVU-42)"
* parameter[+].name = #unit
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The unit. Enheten."
* parameter[=].type = #Reference
* parameter[=].targetProfile[+] = "http://hl7.org/fhir/StructureDefinition/Organization"
* parameter[+].name = #confirmed
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "That the removal is confirmed. Absent: no. Att borttagningen är bekräftad. Utelämnat: nej."
* parameter[=].type = #boolean
* parameter[+].name = #reason
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Reason. To be left out under a refusal, and on a published case without a current decision. Orsak. Ska utelämnas vid nekat samtycke och när inget beslut gäller."
* parameter[=].type = #string
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-name-contact
InstanceOf: OperationDefinition
Usage: #definition
Title: "Utse en fast vårdkontakt"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-name-contact"
* status = #draft
* kind = #operation
* affectsState = true
* code = #name-contact
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "NameContact"
* title = "Utse en fast vårdkontakt"
* description = "Names a contact. Utse en fast vårdkontakt. (SVU-8)"
* parameter[+].name = #contact
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The contact (fast vårdkontakt). Den fasta vårdkontakten."
* parameter[=].type = #Reference
* parameter[=].targetProfile[+] = "http://hl7.org/fhir/StructureDefinition/Practitioner"
* parameter[=].targetProfile[+] = "http://hl7.org/fhir/StructureDefinition/PractitionerRole"
* parameter[+].name = #callsToSip
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Whether the contact calls to the SIP. Om kontakten har kallelseansvar för SIP."
* parameter[=].type = #boolean
* parameter[+].name = #responsibility
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "What the contact answers for, when it does not call to the SIP. Vad kontakten ansvarar för, när den inte kallar till SIP."
* parameter[=].type = #string
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-remove-contact
InstanceOf: OperationDefinition
Usage: #definition
Title: "Ta bort en fast vårdkontakt"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-remove-contact"
* status = #draft
* kind = #operation
* affectsState = true
* code = #remove-contact
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "RemoveContact"
* title = "Ta bort en fast vårdkontakt"
* description = "Removes a contact. Ta bort en fast vårdkontakt. (SVU-8)"
* parameter[+].name = #contact
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The contact (fast vårdkontakt). Den fasta vårdkontakten."
* parameter[=].type = #Reference
* parameter[=].targetProfile[+] = "http://hl7.org/fhir/StructureDefinition/Practitioner"
* parameter[=].targetProfile[+] = "http://hl7.org/fhir/StructureDefinition/PractitionerRole"
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The case as it now is."
* parameter[=].type = #CarePlan

Instance: CarePlan-background
InstanceOf: OperationDefinition
Usage: #definition
Title: "Visa vilka vårdplaner journalsystemen har för patienten, som bakgrund till ärendet"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-background"
* status = #draft
* kind = #operation
* affectsState = false
* code = #background
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "Background"
* title = "Visa vilka vårdplaner journalsystemen har för patienten, som bakgrund till ärendet"
* description = "Shows which care plans the journal systems have of the patient, as background of the case. Visa vilka vårdplaner journalsystemen har för patienten, som bakgrund till ärendet. (ACC-1, CON-5, CON-8)"
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "A collection of CarePlans, read only, that are no resources of this server: meta.source names the journal, identifier its own id of the plan. Never what the plan says."
* parameter[=].type = #Bundle

Instance: CarePlan-npo-decision
InstanceOf: OperationDefinition
Usage: #definition
Title: "Visa patientens beslut om nationell patientöversikt (NPÖ), för slutenvården och kommunens hälso- och sjukvård"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-npo-decision"
* status = #draft
* kind = #operation
* affectsState = false
* code = #npo-decision
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "NpoDecision"
* title = "Visa patientens beslut om nationell patientöversikt (NPÖ), för slutenvården och kommunens hälso- och sjukvård"
* description = "Shows the patient's decision on NPÖ, the national patient overview, to the hospital and to municipal health care. Visa patientens beslut om nationell patientöversikt (NPÖ), för slutenvården och kommunens hälso- och sjukvård. (CON-9, CON-16)"
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Parameters `agrees`, `form`, `givenBy`, `recorded` (when), and `recordedBy`."
* parameter[=].type = #Parameters

Instance: CarePlan-overview
InstanceOf: OperationDefinition
Usage: #definition
Title: "Visa ärendets steg för den egna enheten och rollen: färg, sedan när, vad som ska göras, vem som väntas på och vem som har kvitterat"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-overview"
* status = #draft
* kind = #operation
* affectsState = false
* code = #overview
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "Overview"
* title = "Visa ärendets steg för den egna enheten och rollen: färg, sedan när, vad som ska göras, vem som väntas på och vem som har kvitterat"
* description = "Shows the steps of the case for the own unit and role: colour, since when, what is to be done, who is waited for, and who acknowledged. Visa ärendets steg för den egna enheten och rollen: färg, sedan när, vad som ska göras, vem som väntas på och vem som har kvitterat. (VIEW-2, VIEW-3, VIEW-12)"
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "For each step a parameter `step` with parts step, state, colour (red: my role must act; yellow: others must; green: done; grey: not begun), since, todo (each to-do of the own unit that the role may do), waitsFor (each other open one) and done (who did what, and when). A parameter `track` with the track of the case, where its planning basis gives one: colour, because, follows, homeBy (PLB-3, PLB-4). A parameter `todo` for each to-do of the own unit that belongs to no step."
* parameter[=].type = #Parameters

Instance: CarePlan-payment-basis
InstanceOf: OperationDefinition
Usage: #definition
Title: "Visa vad betalningsansvaret räknas från i ärendet: villkoren, dag noll, första dagen med betalningsansvar och vilka meddelanden det bygger på"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-payment-basis"
* status = #draft
* kind = #operation
* affectsState = false
* code = #payment-basis
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "PaymentBasis"
* title = "Visa vad betalningsansvaret räknas från i ärendet: villkoren, dag noll, första dagen med betalningsansvar och vilka meddelanden det bygger på"
* description = "Shows what liability for payment is counted from in the case: the conditions, day zero, the first day of liability, and by which notices. Visa vad betalningsansvaret räknas från i ärendet: villkoren, dag noll, första dagen med betalningsansvar och vilka meddelanden det bygger på. (PAY-1, PAY-2, PAY-4, PAY-7, PAY-9)"
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Parameters `model`; `condition` with parts condition, met (left out: the hub does not know) and notice; `dayZero` with parts day and notice; `liableFrom` (statutory model, as far as the conditions are known and met); `leftOn`; `daysReady`; `withdrawn`, a notice that counts no more. No amounts."
* parameter[=].type = #Parameters

Instance: CarePlan-open-form
InstanceOf: OperationDefinition
Usage: #definition
Title: "Öppna ett formulär i ärendet, eller det som redan är öppnat"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-open-form"
* status = #draft
* kind = #operation
* affectsState = true
* code = #open-form
* resource = #CarePlan
* system = false
* type = false
* instance = true
* name = "OpenForm"
* title = "Öppna ett formulär i ärendet, eller det som redan är öppnat"
* description = "Opens a form under the case, or gives the one that is open already. Öppna ett formulär i ärendet, eller det som redan är öppnat. (SVU-14, SVU-32)"
* parameter[+].name = #questionnaire
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Which kind of form: the URL of its Questionnaire; with a version: the newest. Vilket formulär. Med version: den senaste."
* parameter[=].type = #canonical
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The form; 201 where it was opened now."
* parameter[=].type = #QuestionnaireResponse

Instance: QuestionnaireResponse-save-answers
InstanceOf: OperationDefinition
Usage: #definition
Title: "Spara det som har skrivits i ett eller flera fält"
* url = "https://hemgang.example/fhir/OperationDefinition/QuestionnaireResponse-save-answers"
* status = #draft
* kind = #operation
* affectsState = true
* code = #save-answers
* resource = #QuestionnaireResponse
* system = false
* type = false
* instance = true
* name = "SaveAnswers"
* title = "Spara det som har skrivits i ett eller flera fält"
* description = "Saves what was written in one field or several: all of it, or nothing. Spara det som har skrivits i ett eller flera fält. (SVU-14)"
* parameter[+].name = #answer
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "*"
* parameter[=].documentation = "A field, each once. Ett fält."
* parameter[=].part[+].name = #linkId
* parameter[=].part[=].use = #in
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The field, as the Questionnaire names it. Fältet, som frågeformuläret namnger det."
* parameter[=].part[=].type = #string
* parameter[=].part[+].name = #value
* parameter[=].part[=].use = #in
* parameter[=].part[=].min = 0
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "The answer: valueString, or valueBoolean where the question is yes or no. Left out: it is taken away. Svaret: text, eller ja eller nej. Utelämnas för att ta bort det."
* parameter[=].part[+].name = #version
* parameter[=].part[=].use = #in
* parameter[=].part[=].min = 1
* parameter[=].part[=].max = "1"
* parameter[=].part[=].documentation = "meta.versionId of the form in which the field was seen. Formulärets version när fältet lästes."
* parameter[=].part[=].type = #positiveInt
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The form as it now is."
* parameter[=].type = #QuestionnaireResponse

Instance: QuestionnaireResponse-answer-history
InstanceOf: OperationDefinition
Usage: #definition
Title: "Visa vad som har stått i ett fält, av vem och när"
* url = "https://hemgang.example/fhir/OperationDefinition/QuestionnaireResponse-answer-history"
* status = #draft
* kind = #operation
* affectsState = false
* code = #answer-history
* resource = #QuestionnaireResponse
* system = false
* type = false
* instance = true
* name = "AnswerHistory"
* title = "Visa vad som har stått i ett fält, av vem och när"
* description = "Shows what a field says and has said, written by whom and when. Visa vad som har stått i ett fält, av vem och när. (SVU-14, PLB-2)"
* parameter[+].name = #linkId
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The field, as the Questionnaire names it. Fältet, som frågeformuläret namnger det."
* parameter[=].type = #string
* parameter[+].name = #before
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Only what was written before this version: the last `version` of an answer that said `more`. Bara det som är äldre än den här versionen."
* parameter[=].type = #positiveInt
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "Newest first, for each time that it was written a parameter `answer` with parts version, at, by (who, with name, title and unit) and value, which is left out where it was taken away. At most 100; `more` true where there are older ones."
* parameter[=].type = #Parameters

Instance: QuestionnaireResponse-print
InstanceOf: OperationDefinition
Usage: #definition
Title: "Skriv ut formuläret"
* url = "https://hemgang.example/fhir/OperationDefinition/QuestionnaireResponse-print"
* status = #draft
* kind = #operation
* affectsState = false
* code = #print
* resource = #QuestionnaireResponse
* system = false
* type = false
* instance = true
* name = "Print"
* title = "Skriv ut formuläret"
* description = "Prints the form. What sides sign is printed once all have signed. Skriv ut formuläret. (VIEW-7)"
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "A PDF (PDF/A-2a, tagged, in Swedish), base64 in `data`."
* parameter[=].type = #Binary

Instance: CarePlan-work-list
InstanceOf: OperationDefinition
Usage: #definition
Title: "Visa enhetens aktuella ärenden, med stegen som den egna rollen ser dem"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-work-list"
* status = #draft
* kind = #operation
* affectsState = false
* code = #work-list
* resource = #CarePlan
* system = false
* type = true
* instance = false
* name = "WorkList"
* title = "Visa enhetens aktuella ärenden, med stegen som den egna rollen ser dem"
* description = "Shows the current cases of the unit: those under way, and those discharged a short time ago; each with its steps for the own role. Visa enhetens aktuella ärenden, med stegen som den egna rollen ser dem. (VIEW-1, VIEW-4, VIEW-8)"
* parameter[+].name = #sort
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The order: changed (latest change first, where nothing is said), name or number. Ordningen: changed (senast ändrat först, om inget anges), name eller number."
* parameter[=].type = #code
* parameter[+].name = #text
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Only cases whose patient has this in the name, or in the personal number. Bara ärenden vars patient har detta i namnet eller personnumret."
* parameter[=].type = #string
* parameter[+].name = #todo
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Only cases in which the own role has something to do. Bara ärenden där den egna rollen har något att göra."
* parameter[=].type = #boolean
* parameter[+].name = #contact
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Only cases of which this is a contact: the PractitionerRole, or by HSA-id one of the staff of the own unit. Bara ärenden där personen är fast vårdkontakt."
* parameter[=].type = #Reference
* parameter[+].name = #unit
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Of a system: this one of its units, by HSA-id. Bara den här av systemets enheter."
* parameter[=].type = #Reference
* parameter[+].name = #count
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "So many cases on a page. Så många ärenden på en sida."
* parameter[=].type = #positiveInt
* parameter[+].name = #offset
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "So many cases are passed over. Så många ärenden hoppas över."
* parameter[=].type = #unsignedInt
* parameter[+].name = #looking
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "The user looks at the list: what it shows now no longer counts as changed. Användaren tittar på listan: det som nu visas räknas inte längre som ändrat."
* parameter[=].type = #boolean
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "total: how many cases there are. For each case of the page a parameter `case` with parts plan (the CarePlan), patient (the Patient, where the case lets her be seen), changed (when something of the case last changed that the unit may see), isChanged (to a user: since she last looked), todos (how many to-dos the own role has in it), and the parts of $overview."
* parameter[=].type = #Parameters

Instance: CarePlan-changes
InstanceOf: OperationDefinition
Usage: #definition
Title: "Visa hur många av enhetens aktuella ärenden som har ändrats sedan användaren senast tittade"
* url = "https://hemgang.example/fhir/OperationDefinition/CarePlan-changes"
* status = #draft
* kind = #operation
* affectsState = false
* code = #changes
* resource = #CarePlan
* system = false
* type = true
* instance = false
* name = "Changes"
* title = "Visa hur många av enhetens aktuella ärenden som har ändrats sedan användaren senast tittade"
* description = "Shows how many of the current cases of the unit have changed since the user last looked. Visa hur många av enhetens aktuella ärenden som har ändrats sedan användaren senast tittade. (VIEW-4)"
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "changed: how many; looked: when the user last did, left out where she never has."
* parameter[=].type = #Parameters

Instance: Communication-system-notices
InstanceOf: OperationDefinition
Usage: #definition
Title: "Visa meddelanden till alla användare, t.ex. om planerade driftstopp"
* url = "https://hemgang.example/fhir/OperationDefinition/Communication-system-notices"
* status = #draft
* kind = #operation
* affectsState = false
* code = #system-notices
* resource = #Communication
* system = false
* type = true
* instance = false
* name = "SystemNotices"
* title = "Visa meddelanden till alla användare, t.ex. om planerade driftstopp"
* description = "Shows what every user is told now, such as a planned downtime. Visa meddelanden till alla användare, t.ex. om planerade driftstopp. (VIEW-10)"
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "For each, the latest first, a parameter `notice` with parts id, kind, text, from, until and written."
* parameter[=].type = #Parameters
