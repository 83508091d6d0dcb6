"""Words that the public vocabularies lack, and words of theirs that name no clinical concept."""

_OWN = """
abdomen achilles achy aching ankle anxious appetite arm armpit arthritic back belly bicep
bladder bleeding blister bloated bloating blood bone bony bowel bowels brain breast breath
breathing breathless bruise bruising bunion burning burp buttock calf catching cheek chest
chills chin clammy clavicle clicking cold colon congested congestion constipated constipation
cough coughing cramp cramping crackles crepitus deltoid dehydrated depressed diaphoresis
diarrhea discharge dizziness dizzy drainage drowsy dyspnea ear earache edema effusion elbow
erythema erythematous exertional eye eyebrow eyelid face fatigue fatigued fever feverish finger
flank flare flatulence fluttering foot forearm forehead forgetful fracture gait gallop
gallbladder gassy groin gum hamstring hand headache hearing heart heartburn heel hip hives
hoarse hoarseness hot hunger hurt incontinence indigestion insomnia instability irritable itch
itchiness itching itchy jaundice jaw joint kidney knee kneecap knuckle laceration leg lesion
lethargic ligament lightheaded lightheadedness limp limping lip liver locking lump lung lymph
malaise melena memory meniscus migraine mole mood mouth mucus murmur muscle nail nausea
nauseated nauseous neck nerve nose nosebleed numb numbness orthopnea pain painful palpable
palpitation palpitations panic patella pelvis perspiration phlegm popping pressure puffiness
puffy pulse quadricep rales rash reflux regurgitation rhonchi rib rotator runny sacrum scalp
scapula scar seizure sensitivity shin shivering shoulder sinus skin sleep sleepiness sleepy
sneezing snoring sore soreness spasm spine spleen sprain sputum stiff stiffness stomach stool
strain stuffy swallowing sweat sweating sweats swelling swollen syncope tachycardia tailbone
tearing temple tender tenderness tendon thigh thirst thirsty throat throbbing thumb thyroid
tight tightness tingling tinnitus tired tiredness toe tongue tonsil tooth tremor tricep
ulcer unsteady urination urine vertigo vision vomit vomiting waist weak weakness weight wheeze
wheezes wheezing wrist
echocardiogram ejection electrocardiogram hemoglobin creatinine cholesterol glucose lipid
inhaler steroid antibiotic insulin injection physiotherapy splint boot sling brace crutches
colonoscopy endoscopy biopsy stent catheter pacemaker ultrasound radiograph mri scan
"""

_GENERAL = """
the and for with without not other due from that this these those which who whose whom when
where while than then any all both each every some such only also but nor yet although because
during before after between among within into onto upon over under above below against about
around near off out per via until since through has have had having been being was were are is
may can could should would will shall must does did done their there they them his her hers him
its you your our use used uses using one two three four five six seven eight nine ten first
second third fourth fifth more most less least many much few several same different another
further following followed follow initial subsequent encounter sequela unspecified specified
elsewhere classified nos nec type types part parts site sites side sides sided level levels
multiple single total partial full part complete incomplete mild moderate severe stage grade
group class form forms kind state status condition conditions cause causes caused causing
history personal family present past current currently recent previous prior old new age aged
male female man woman men women boy girl person persons people child children adult adults
patient patients visit plan plans system systems review physical exam examination examinations
assessment result results complaint complaints illness medical medicine medication medications
treatment therapy instructions additional agreement evaluation procedure procedures service
services care health healthcare provider physician doctor nurse office hospital clinic
emergency department social surgical general routine normal abnormal finding findings
laboratory test tests testing clinical diagnosis diagnosed symptom symptoms sign signs
problem problems concern concerns related associated involving including include includes
day days week weeks month months year years hour hours minute minutes time times daily weekly
today yesterday tomorrow night morning evening afternoon date end start last next late early
long short high low large small great greater lesser big little right left upper lower middle
front bottom top up down bilateral unilateral lateral medial anterior posterior superior
inferior proximal distal well good bad better best worse worst able unable need needs needed
make makes made take takes taken taking give given giving get getting got put set find found
see seen show shows shown know known unknown call called calls come comes coming goes going
keep kept want like look looks feel feels feeling felt say says said state states stated
work working worked home house room school place area region point points line lines range
number numbers amount amounts rate rates degree degrees size value values change changes
changed changing increase increased increases decrease decreased reduce reduced improve
improved maintain management manage managed control controlled uncontrolled monitor monitoring
monitored continue continued order ordered obtain obtained perform performed provide provided
discuss discussed recommend recommended consider considered advise advised schedule scheduled
return refer referred contact contacts support supports able available appropriate additional
adequate possible probable likely unlikely evidence evident noted note notes report reported
reports deny denies denied positive negative stable still very non per pre post sub semi
activity activities exercise exercises play playing run running walk walking stand standing
sit sitting move moves moving movement motion position touch hit hold lift lifting light heavy
hard soft water food foods drink drinks drinking eat eating diet dietary alcohol smoke smoker
smoking tobacco cigarette cigarettes drug drugs dose doses oral tablet tablets capsule daily
natural nature pure plus max extra strength regular original advanced complete total one two
relief aid day night active fast clear fresh free easy simple ultra super gold silver blue
green red white black brown yellow orange pink gray grey color company father mother son
daughter brother sister wife husband parent parents friend family mrs miss
"""

FINDINGS_AND_BODY_SITES = frozenset(_OWN.split())
"""Symptoms, findings, body sites, common tests and devices as they are said in a visit."""

NOT_CLINICAL = frozenset(_GENERAL.split())
"""Function words, words of every note's frame, general words of titles and brand names."""
